import { type ApiObject, mainOf } from '../../../cli/cluster/api-object';
import { play, type Scenario, scenariosIn } from '../scenario';
import { Laptop } from '../up/laptop';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

/** What one of its programs does instead of what it should. */
interface Behaviour {
  /** Status with which it ends; without it, it goes on. */
  readonly ends?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly log?: string;
  /** What a probe complains about; then it is not ready. */
  readonly probe?: string;
  /** Why its container waits. */
  readonly waits?: { readonly reason: string; readonly message: string };
  /** /proc/net/tcp */
  readonly connections?: string;
}

interface Tried extends Scenario {
  /** Pod → what it does. */
  readonly programs?: Readonly<Record<string, Behaviour>>;
}

const SERVERS = ['web', 'api', 'worker', 'beat'];

function statusOf({ metadata: { name } }: Pick<ApiObject, 'metadata'>, programs: Tried['programs'] = {}) {
  const fine = SERVERS.includes(name) ? {} : { ends: name === 'uses' ? 3 : 0 };
  const { ends, reason, message, waits, probe }: Behaviour = programs[name] ?? fine;
  const terminated = ends === undefined ? undefined : { exitCode: ends, reason, message };
  const phase = waits ? 'Pending' : ends === undefined ? 'Running' : ends === 0 ? 'Succeeded' : 'Failed';
  const isReady = phase === 'Running' && probe === undefined;
  const state = waits ? { waiting: waits } : terminated ? { terminated } : { running: {} };
  return {
    phase,
    conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }],
    containerStatuses: [{ name: 'program', image: 'docker.io/coped/django:development', state }],
  };
}

/** A laptop with all it takes, on which the application's programs do as they are asked to. */
function laptopWith(programs: Tried['programs'] = {}): Laptop {
  const laptop = new Laptop();
  const settled = laptop.statusOf;
  laptop.statusOf = (object) => (object.kind === 'Pod' ? statusOf(object, programs) : settled(object));
  laptop.when(/^logs (\S+)/, (_, name = '') => programs[name]?.log ?? '');
  laptop.when(/^exec (\S+) .* cat \/proc\/net\/tcp$/, (_, name = '') => programs[name]?.connections ?? '');
  for (const [name, { probe }] of Object.entries(programs)) {
    const event = { reason: 'Unhealthy', message: probe, type: 'Warning', involvedObject: { uid: name } };
    if (probe) laptop.add({ kind: 'Event', metadata: { name, namespace: 'coped-doctor' }, ...event });
  }
  return laptop;
}

const RUN = { run: 'doctor development --application' };

async function screenOf({ programs, ...scenario }: Tried) {
  const laptop = laptopWith(programs);
  const played = play(laptop, scenario);
  let settled = false;
  const end = () => {
    settled = true;
  };
  played.then(end, end);
  while (!settled) await jest.advanceTimersByTimeAsync(1000);
  const { screen, world } = await played;
  return { laptop, world, screen: screen.replaceAll(/ \(\d+\.\d s\)/g, '') };
}

/** The screen without its steps. */
const resultIn = (screen: string) => screen.slice(screen.search(/^(standard output|✘(?! (try|Wait)))/m));

test.each(Object.entries(scenariosIn<Tried>(__dirname)))('%s', async (_, scenario) => {
  const { screen, laptop } = await screenOf(scenario);
  expect(resultIn(screen)).toMatchSnapshot();
  // Whatever came out of it, nothing is left.
  expect(laptop.objects.filter(({ metadata }) => metadata.namespace === 'coped-doctor')).toEqual([]);
});

test('a worker, a clock, files and commands: also one that nothing starts at set times', async () => {
  const room = { cpu: '9', memory: '20Gi' };
  const all = { memoryLimit: '30Gi', ephemeralStorage: '20Gi', storage: '20Gi', pods: 40 };
  const { screen } = await screenOf({
    ...RUN,
    settings: {
      ...{
        redis: {},
        worker: {},
        beat: {},
        static: {},
        commands: { tidy: { schedule: '30 2 * * *', deadline: 60 } },
      },
      ...{ budget: room, quota: { ...room, ...all } },
    },
    application: {
      worker: () => ['celery', 'worker'],
      alive: { file: '/tmp/alive', within: 30 },
      beat: ['celery', 'beat'],
      collectStatic: ['collect'],
      commands: { crawl: ['crawl'], tidy: ['tidy'] },
    },
    programs: {
      worker: { probe: 'Startup probe failed: ' },
      beat: { log: 'redis.exceptions.AuthenticationError: NOAUTH Authentication required.\n' },
      'command-crawl': {},
    },
  });
  expect(resultIn(screen)).toMatchSnapshot();
});

test('its pods are those that lib makes: the same restrictions, image, files and variables', async () => {
  const { world } = await screenOf(RUN);
  const created = world.calls
    .filter(({ line }) => line.startsWith('create'))
    .map(({ options }): ApiObject => JSON.parse(String(options.input)));
  expect(created.map(({ metadata }) => metadata.name)).toMatchSnapshot();
  for (const pod of created) {
    expect(pod.spec).toMatchObject({
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
      restartPolicy: 'Never',
    });
    expect(mainOf(pod)).toMatchObject({
      image: 'docker.io/coped/django:development',
      securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      envFrom: [{ configMapRef: { name: 'django' } }],
    });
    // Where people can reach the site, no one may write to the code.
    expect(JSON.stringify(pod)).not.toContain('"mountPath":"/app"');
  }
  const owners = created.filter((pod) => JSON.stringify(pod).includes('postgres-owner')).length;
  expect(owners).toBeGreaterThan(0);
});

test('the step of a program that fails says so, and the next ones follow', async () => {
  const { screen } = await screenOf({ ...RUN, programs: { uses: { ends: 1 } } });
  expect(screen).toMatch(/✘ try uses[\s\S]*✔ try web/);
});

test('ctrl-C removes the namespace, too', async () => {
  const laptop = laptopWith({ settings: {} });
  const world = laptop.world();
  laptop.when(/^create/, () => {
    world.interruption.abort();
    return undefined;
  });
  const ended = world.coped('doctor', 'development', '--application');
  await jest.advanceTimersByTimeAsync(5000);
  expect(await ended).toBe(130);
  expect(world.errors()).toMatch(/Interrupted\. The namespace coped-doctor is being deleted\.$/m);
  const removal = world.calls.filter(({ line }) => line.startsWith('delete namespace coped-doctor'));
  expect(removal.map(({ options }) => options.evenIfInterrupted)).toEqual([true]);
});

test('what an earlier try has left is deleted first', async () => {
  const laptop = laptopWith().add({ kind: 'Namespace', metadata: { name: 'coped-doctor' } });
  const world = laptop.world();
  const ended = world.coped('doctor', 'development', '--application');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await ended).toBe(0);
  expect(world.errors()).toMatch(/✔ delete the namespace coped-doctor/);
});
