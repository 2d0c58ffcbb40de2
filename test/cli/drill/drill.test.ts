import { drillEnvironment } from '../../../cli/drill/environment';
import type { Outcome } from '../../../cli/drill/outcome';
import { play } from '../../../cli/drill/phases';
import { CliError, InterruptedError } from '../../../cli/terminal/errors';
import { environments } from '../../../lib/environments';
import { synthesize } from '../../../rules/synthesize';
import { ends } from '../ends';
import { FakeCluster } from '../fake-cluster';
import type { FakeWorld } from '../fake-world';

jest.mock('../../../cli/drill/phases', () => ({ play: jest.fn() }));
const played = play as jest.MockedFunction<typeof play>;

const IMAGE = 'docker.io/coped/django:1.0.0';
const DRILL = `drill --image ${IMAGE} --yes`;
const NAMESPACE = { kind: 'Namespace', metadata: { name: 'coped-drill' } };
const outcome: Outcome = {
  context: 'kind-coped',
  namespace: 'coped-drill',
  phases: [{ phase: 'restore', seconds: 12.34, recovery: true }],
  recoverySeconds: 12.34,
  rowsBackedUp: 1000,
  rowsLost: 0,
  identical: true,
  rowsAfterBackup: 25,
};

let cluster: FakeCluster;
let world: FakeWorld;
beforeEach(() => {
  cluster = new FakeCluster();
  world = cluster.world();
  played.mockReset().mockImplementation(async () => {
    cluster.add(NAMESPACE);
    return outcome;
  });
});
const namespaces = () => cluster.objects.map(({ metadata }) => metadata.name);
const lineOf = (of: string, word: string) =>
  world.calls.find(({ program, line }) => program === of && line.startsWith(word))?.line ?? '';

test('says what happens and where, reports, and removes what it has made', async () => {
  await ends(world, DRILL, 0, /Context kind-coped, namespace coped-drill: .* deleted with all its data/);
  expect(world.output()).toMatchSnapshot();
  expect(namespaces()).toEqual([]);
});

test('builds an image where none is given, under a name that its environment may have', async () => {
  cluster
    .fail(/^(docker|podman|buildah) /, '')
    .when(/^docker (build|version)/, '')
    .when(/^kind /, '');
  await ends(world, 'drill --yes', 0);
  const [, reference] = /^build --tag=(\S+) \S+$/.exec(lineOf('docker', 'build')) ?? [];
  expect(reference).toMatch(/^docker\.io\/coped\/django:drill-[0-9a-f]{16}$/);
  expect(lineOf('kind', 'load')).toBe(`load docker-image --name=coped ${reference}`);
  expect(played.mock.calls[0]?.[1].environment.images.django).toBe(reference);
});

test('--json: for programs; --keep: leaves it there', async () => {
  await ends(world, `${DRILL} --json --keep`, 0);
  expect(JSON.parse(world.output())).toEqual(outcome);
  expect(namespaces()).toEqual(['coped-drill']);
});

test('what an earlier drill has left is deleted first, with a message', async () => {
  cluster.add(NAMESPACE);
  played.mockImplementation(async () => {
    expect(namespaces()).toEqual([]);
    return outcome;
  });
  await ends(world, DRILL, 0, 'an earlier drill has left there is deleted first');
});

test.each([
  ['lost rows', { rowsLost: 3 }],
  ['changed rows', { identical: false }],
])('%s fail it', async (_, bad) => {
  played.mockResolvedValue({ ...outcome, ...bad });
  await ends(world, DRILL, 1, 'differs from the backup');
});

test('a failure leaves it to be inspected', async () => {
  played.mockImplementation(async () => {
    cluster.add(NAMESPACE);
    throw new CliError('it has failed\n  Run `npx coped migrate drill`', 'Run `npx coped migrate drill`');
  });
  await ends(world, DRILL, 1, /coped-drill is left for you to inspect.*\n✘ it has failed\n$/);
  expect(namespaces()).toEqual(['coped-drill']);
});

test('does not advise commands for an environment that they do not know', async () => {
  played.mockImplementation(async ({ terminal }) => {
    terminal.say('New pods wait for the migration.\n  Run it: `npx coped migrate drill`');
    return outcome;
  });
  await ends(world, DRILL, 0, 'New pods wait for the migration.\n');
  expect(world.errors()).not.toContain('coped migrate');
});

test('ctrl-C deletes it, without waiting', async () => {
  played.mockImplementation(async () => {
    cluster.add(NAMESPACE);
    world.interruption.abort();
    throw new InterruptedError();
  });
  await ends(world, DRILL, 130);
  expect(namespaces()).toEqual([]);
  expect(world.calls.at(-1)?.options.evenIfInterrupted).toBe(true);
});

test.each([
  ['it is not confirmed', 'drill', /the confirmation needs a terminal/],
  ['the cluster is remote', `${DRILL} --context coped-production`, /runs on this machine only/],
])('refuses where %s', async (_, words, message) => {
  await ends(world, words, 2, message);
  expect(played).not.toHaveBeenCalled();
});

test('refuses to delete a real environment of that name', () =>
  ends(
    cluster.world([...environments, drillEnvironment('coped-production', IMAGE)]),
    DRILL,
    2,
    'there is an environment "drill"',
  ));

test('its environment keeps every rule', () => {
  expect(() => synthesize([drillEnvironment('kind-coped', IMAGE)])).not.toThrow();
});
