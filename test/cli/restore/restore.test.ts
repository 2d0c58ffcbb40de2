import { Kubectl } from '../../../cli/cluster/kubectl';
import { whileThereIsRoom } from '../../../cli/restore/disk-space';
import { InterruptedError } from '../../../cli/terminal/errors';
import { play, type Scenario, scenariosIn } from '../scenario';
import { temporaryFolder } from '../temporary';
import { FakePostgres, type Kept } from './fake-postgres';

const OLD = { 'public.project': 3 };
const folder = temporaryFolder();
let postgres: FakePostgres;
beforeEach(() => {
  postgres = new FakePostgres(OLD);
  postgres.dumps['a.dump'] = { 'public.project': 5, 'public.user': 2 };
});

interface Restore extends Scenario {
  readonly server?: Partial<FakePostgres>;
  readonly databases?: Readonly<Record<string, Kept>>;
}
const scenarios = scenariosIn<Restore>(__dirname);

function restore({ server, databases, ...scenario }: Restore) {
  Object.assign(postgres, server);
  for (const [name, database] of Object.entries(databases ?? {})) postgres.databases.set(name, database);
  return play(postgres.cluster, scenario, folder());
}
const from = (words: string) =>
  restore({ run: `restore staging --from ${words} --yes --context coped-staging` });

test.each(Object.entries(scenarios))('%s', async (_, scenario) => {
  const { code, screen } = await restore(scenario);
  const { databases, indexed, scrubbed } = postgres;
  const server = [...databases].map((one) => JSON.stringify(one)).join('\n');
  expect(`${screen}\n${server}\n${indexed} projects in the index, scrubbed: ${scrubbed}`).toMatchSnapshot();
  expect(postgres.pods).toEqual([]);
  // The very one that it was, unless only what comes afterwards has failed.
  if (code !== 0 && !screen.includes('the database is restored'))
    expect(databases.get('coped')?.rows).toBe(OLD);
});

test('no password is in any argument, and the pod has only those of the superuser and the owner', async () => {
  const { calls } = (await from('a.dump')).world;
  const [pod] = calls.flatMap(({ line, options }) =>
    line.startsWith('create') ? [JSON.parse(String(options.input))] : [],
  );
  const secrets = pod.spec.volumes.find(({ name }: { name: string }) => name === 'secrets');
  expect(secrets.projected.sources.map(({ secret }: { secret: { name: string } }) => secret.name)).toEqual([
    'postgres-superuser',
    'postgres-owner',
  ]);
  expect(pod.spec.containers[0].volumeMounts).toContainEqual({
    name: 'backup',
    mountPath: '/backup',
    readOnly: true,
  });
  expect(calls.map(({ line }) => line).join('\n')).not.toMatch(/PGPASSWORD=[^$]/);
});

test('without a terminal and --yes, reads nothing', async () => {
  const { calls } = (await restore({ run: 'restore staging --from a.dump' })).world;
  expect(calls.filter(({ line }) => !/^(config|get namespace) /.test(line))).toEqual([]);
});

describe('data of another environment', () => {
  test('is scrubbed before the swap', async () => {
    const { calls } = (await from('production/a.dump --scrub lib/components/backup/scrub.sql')).world;
    const [scrubbed = 0, swapped] = ['--single-transaction', 'coped_before_'].map((word) =>
      calls.findIndex(({ line }) => line.includes(word)),
    );
    expect(swapped).toBeGreaterThan(scrubbed);
  });

  test('is only read', async () => {
    const { calls } = (await from('production/a.dump --no-scrub')).world;
    const there = calls.filter(({ args }) => args.includes('--context=coped-production'));
    const verbs = there.map(({ line }) => /^\S+ \S+/.exec(line.replace(/dumps-\w+/, 'POD'))?.[0]);
    expect([...new Set(verbs)].sort()).toEqual([
      'create --filename=-',
      'delete pod',
      'exec POD',
      'get --ignore-not-found',
      'get namespace',
    ]);
  });
});

const GIB = 1024 ** 3;
/** A disk of 10 GiB that has less and less room. */
const filling = (...free: number[]) =>
  new Kubectl('kind-coped', 'coped-drill', async () => ({
    code: 0,
    stdout: `Avail 1B-blocks\n${(free.length > 1 ? free.shift() : free[0]) as number} ${10 * GIB}\n`,
    stderr: '',
  }));
/** Goes on until it is given up. */
function endless() {
  let fail: (error: Error) => void;
  const work = new Promise<never>((_, reject) => {
    fail = reject;
  });
  return { work: () => work, giveUp: jest.fn(async () => fail(new Error('terminating connection'))) };
}

test('gives up before the disk is full: PostgreSQL would stop, and the site with it', async () => {
  const { work, giveUp } = endless();
  const attempt = whileThereIsRoom(filling(GIB, 0.6 * GIB, 0.4 * GIB), giveUp, work, 1);
  await expect(attempt).rejects.toThrow('about to be full (410 MiB free)');
  expect(giveUp).toHaveBeenCalledTimes(1);
});

test('lets work end where there is room, and looks no more', async () => {
  const giveUp = jest.fn();
  const kubectl = filling(GIB);
  const looks = jest.spyOn(kubectl, 'run');
  expect(await whileThereIsRoom(kubectl, giveUp, async () => 'done', 1)).toBe('done');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(looks).not.toHaveBeenCalled();
  expect(giveUp).not.toHaveBeenCalled();
});

test.each([
  new Error('no such role'),
  new InterruptedError('ctrl-C'),
])('what fails for another reason says so: %s', async (error) => {
  const attempt = whileThereIsRoom(filling(GIB), jest.fn(), () => Promise.reject(error), 1);
  await expect(attempt).rejects.toBe(error);
});
