import { drillEnvironment } from '../../../cli/drill/environment';
import type { Outcome } from '../../../cli/drill/outcome';
import { play } from '../../../cli/drill/phases';
import { CliError, InterruptedError } from '../../../cli/terminal/errors';
import { production as example } from '../../../examples/coped/production';
import { environments } from '../../../lib/environments';
import { production } from '../../../lib/environments/production';
import { synthesize } from '../../../rules/synthesize';
import { ends } from '../ends';
import { FakeCluster } from '../fake-cluster';
import { play as playScenario, type Scenario, scenariosIn } from '../scenario';

jest.mock('../../../cli/drill/phases', () => ({ play: jest.fn() }));
const played = play as jest.MockedFunction<typeof play>;

interface Drill extends Scenario {
  readonly outcome?: Partial<Outcome>;
  readonly says?: string;
  readonly fails?: readonly [message: string, next: string];
  readonly interrupted?: true;
}
const IMAGE = 'docker.io/coped/django:1.0.0';
const GOOD: Outcome = {
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
let namespaces: string[][];
const look = () => namespaces.push(cluster.objects.map(({ metadata }) => metadata.name));
beforeEach(() => {
  cluster = new FakeCluster();
  namespaces = [];
});

/** The phases, as a scenario has them. */
const phases =
  ({ outcome, says, fails, interrupted }: Drill): typeof play =>
  async ({ terminal }) => {
    look();
    cluster.add({ kind: 'Namespace', metadata: { name: 'coped-drill' } });
    if (says) terminal.say(says);
    if (fails) throw new CliError(...fails);
    if (interrupted) throw new InterruptedError();
    return { ...GOOD, ...outcome };
  };

test.each(Object.entries(scenariosIn<Drill>(__dirname)))('%s', async (_, scenario) => {
  played.mockReset().mockImplementation(phases(scenario));
  const { screen, world } = await playScenario(cluster, scenario);
  look();
  expect(`${screen}\nnamespaces: ${JSON.stringify(namespaces)}`).toMatchSnapshot();
  // Without waiting, and although ctrl-C stops every other call.
  if (scenario.interrupted) expect(world.calls.at(-1)?.options.evenIfInterrupted).toBe(true);
});

test('builds an image where none is given, under a name that its environment may have', async () => {
  played.mockReset().mockImplementation(phases({ run: '' }));
  cluster
    .fail(/^(docker|podman|buildah) /, '')
    .when(/^docker (build|version)/, '')
    .when(/^kind /, '');
  const world = cluster.world();
  await ends(world, 'drill --yes', 0);
  const lineOf = (of: string, word: string) =>
    world.calls.find(({ program, line }) => program === of && line.startsWith(word))?.line ?? '';
  const [, reference] = /^build --tag=(\S+) \S+$/.exec(lineOf('docker', 'build')) ?? [];
  expect(reference).toMatch(/^docker\.io\/coped\/django:drill-[0-9a-f]{16}$/);
  expect(lineOf('kind', 'load')).toBe(`load docker-image --name=coped ${reference}`);
  expect(played.mock.calls[0]?.[1].environment.images.django).toBe(reference);
});

test('refuses to delete a real environment of that name', () =>
  ends(
    cluster.world([...environments, drillEnvironment('coped-production', IMAGE)]),
    `drill --image ${IMAGE} --yes`,
    2,
    'there is an environment "drill"',
  ));

test.each([
  ['the sample', production],
  // It has no dashboards, calls the internet from its worker, and speaks plain HTTP to Elasticsearch.
  ['COPED', example],
])('its environment keeps every rule: %s', (_, model) => {
  const drilled = drillEnvironment('kind-coped', IMAGE, model);
  expect(drilled.elasticsearch?.clients).toEqual(model.elasticsearch?.clients);
  expect(() => synthesize([drilled])).not.toThrow();
});
