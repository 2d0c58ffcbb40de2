import { drillEnvironment } from '../../../cli/drill/environment';
import type { Outcome } from '../../../cli/drill/outcome';
import { play } from '../../../cli/drill/phases';
import { CliError, InterruptedError } from '../../../cli/terminal/errors';
import { synthesize } from '../../../rules/synthesize';
import { type Answer, fakeWorld } from '../fake-world';

jest.mock('../../../cli/drill/phases', () => ({ play: jest.fn() }));
const played = play as jest.MockedFunction<typeof play>;

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

/** A cluster that has a namespace coped-drill, or has not. */
const cluster = (there: boolean): Answer => {
  let namespace = there;
  return ({ line }) => {
    if (line.startsWith('get nodes')) return { items: [] };
    if (line === 'get --ignore-not-found --output=name namespace coped-drill')
      return namespace ? 'namespace/x' : '';
    if (line.startsWith('delete cronjobs,')) return '';
    if (line === 'get --output=json pods') return { items: [] };
    if (line.startsWith('delete namespace coped-drill')) {
      namespace = false;
      return '';
    }
    return undefined;
  };
};
const worldOf = (there = false) => fakeWorld(cluster(there));
const drill = (world: ReturnType<typeof worldOf>, ...words: string[]) =>
  world.coped('drill', '--image', 'docker.io/coped/django:1.0.0', ...words);
const deleted = (world: ReturnType<typeof worldOf>) =>
  world.calls
    .filter(({ line }) => line.startsWith('delete namespace'))
    .map(({ line }) => line.split(' --')[0]);
const lineOf = (world: ReturnType<typeof worldOf>, of: string, word: string) =>
  world.calls.find(({ program, line }) => program === of && line.startsWith(word))?.line ?? '';

beforeEach(() => played.mockReset().mockResolvedValue(outcome));

test('says what happens and where, reports, and removes what it has made', async () => {
  const world = worldOf();
  expect(await drill(world, '--yes')).toBe(0);
  expect(world.errors()).toMatch(/Context kind-coped, namespace coped-drill: .* deleted with all its data/);
  expect(world.output()).toMatch(/restore +12\.3/);
  expect(world.output()).toContain('Rows that were in the backup: 1000; lost: 0');
  expect(deleted(world)).toEqual(['delete namespace coped-drill']);
});

test('builds an image where none is given, under a name that its environment may have', async () => {
  const builder: Answer = ({ program, line }) => {
    if (program === 'docker') return { code: line.startsWith('build') || line.startsWith('version') ? 0 : 1 };
    return program === 'kind' ? '' : { code: 1 };
  };
  const world = fakeWorld(cluster(false), (call) => (call.program === 'kubectl' ? undefined : builder(call)));
  expect(await world.coped('drill', '--yes')).toBe(0);
  const [, reference] = /^build --tag=(\S+) \S+$/.exec(lineOf(world, 'docker', 'build')) ?? [];
  expect(reference).toMatch(/^docker\.io\/coped\/django:drill-[0-9a-f]{16}$/);
  expect(lineOf(world, 'kind', 'load')).toBe(`load docker-image --name=coped ${reference}`);
  expect(played.mock.calls[0]?.[1].environment.images.django).toBe(reference);
});

test('as JSON, for programs', async () => {
  const world = worldOf();
  await drill(world, '--yes', '--json');
  expect(JSON.parse(world.output())).toEqual(outcome);
});

test('--keep leaves it there', async () => {
  const world = worldOf();
  expect(await drill(world, '--yes', '--keep')).toBe(0);
  expect(deleted(world)).toEqual([]);
});

test('what an earlier drill has left is deleted first, with a message', async () => {
  const world = worldOf(true);
  expect(await drill(world, '--yes', '--keep')).toBe(0);
  expect(world.errors()).toContain('an earlier drill has left there is deleted first');
  expect(deleted(world)).toEqual(['delete namespace coped-drill']);
});

test.each([
  ['rows that are lost', { rowsLost: 3 }],
  ['rows that have changed', { identical: false }],
])('%s fail it', async (_, bad) => {
  played.mockResolvedValue({ ...outcome, ...bad });
  const world = worldOf();
  expect(await drill(world, '--yes')).toBe(1);
  expect(world.errors()).toContain('differs from the backup');
});

test('a failure leaves it to be inspected', async () => {
  played.mockRejectedValue(new CliError('the migration has failed', 'Run `npx coped migrate drill` again'));
  const world = worldOf();
  expect(await drill(world, '--yes')).toBe(1);
  expect(world.errors()).toContain('coped-drill is left for you to inspect');
  expect(world.errors()).toMatch(/✘ the migration has failed$/m);
  expect(deleted(world)).toEqual([]);
});

test('does not advise commands for an environment that they do not know', async () => {
  const world = worldOf();
  played.mockImplementation(async ({ terminal }) => {
    terminal.say('New pods wait for the migration.\n  Run it: `npx coped migrate drill`');
    return outcome;
  });
  expect(await drill(world, '--yes')).toBe(0);
  expect(world.errors()).toContain('New pods wait for the migration.\n');
  expect(world.errors()).not.toContain('coped migrate');
});

test('ctrl-C deletes it, without waiting', async () => {
  const world = worldOf();
  played.mockImplementation(async () => {
    world.interruption.abort();
    throw new InterruptedError();
  });
  expect(await drill(world, '--yes')).toBe(130);
  expect(deleted(world)).toEqual(['delete namespace coped-drill']);
  expect(world.calls.at(-1)?.options.evenIfInterrupted).toBe(true);
});

test.each([
  ['it is not confirmed', [], /the confirmation needs a terminal/],
  ['the cluster is remote', ['--yes', '--context', 'coped-production'], /runs on this machine only/],
])('refuses where %s', async (_, words, message) => {
  const world = worldOf();
  expect(await drill(world, ...words)).toBe(2);
  expect(world.errors()).toMatch(message);
  expect(played).not.toHaveBeenCalled();
  expect(deleted(world)).toEqual([]);
});

test('refuses to delete a real environment of that name', async () => {
  const world = worldOf();
  const real = { ...drillEnvironment('coped-production', 'docker.io/coped/django:1.0.0') };
  const { run } = await import('../../../cli/main');
  const code = await run(['drill', '--yes'], { ...world, environments: [...world.environments, real] });
  expect(code).toBe(2);
  expect(world.errors()).toContain('there is an environment "drill"');
});

test('its environment keeps every rule', () => {
  const input = drillEnvironment('kind-coped', 'docker.io/coped/django:1.0.0');
  expect(() => synthesize([input])).not.toThrow();
});
