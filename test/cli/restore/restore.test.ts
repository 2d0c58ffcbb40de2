import { temporaryFolder } from '../../temporary';
import { play, type Scenario, scenariosIn } from '../scenario';
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
  return play(postgres.cluster, folder(), scenario);
}
const from = (words: string) =>
  restore({ run: `restore staging --from ${words} --yes --context coped-staging` });

test.each(Object.entries(scenarios))('%s', async (_, scenario) => {
  const { code, screen } = await restore(scenario);
  const { databases, indexed, scrubbed } = postgres;
  const server = [...databases].map((one) => JSON.stringify(one)).join('\n');
  expect(`${screen}\n${server}\n${indexed} projects in the index, scrubbed: ${scrubbed}`).toMatchSnapshot();
  expect(postgres.pods).toEqual([]);
  // The very one that it was.
  if (code !== 0) expect(databases.get('coped')?.rows).toBe(OLD);
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
      'get --output=json',
      'get namespace',
    ]);
  });
});
