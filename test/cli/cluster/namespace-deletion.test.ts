import { type Answer, fakeWorld } from '../fake-world';

// A namespace that is being deleted: each command says so before anything else, and does nothing.

const COMMANDS = [
  'deploy production --rollback',
  'migrate production --plan',
  'secrets production init',
  'secrets production check',
  'backup production',
  'restore production --list',
  'manage production -- check',
  'manage development -- check',
  'dev development',
];

/** @param held a finalizer that remains, as Kubernetes words it */
const going = (since: string, held = 'example.org/hold in 1 resource instances'): Answer => {
  const condition = (type: string, message: string) => ({ type, status: 'True', message });
  return ({ line }) =>
    /^get namespace \S+ --ignore-not-found --output=json$/.test(line)
      ? {
          metadata: { deletionTimestamp: since },
          status: {
            conditions: [
              condition(
                'NamespaceContentRemaining',
                'Some resources are remaining: configmaps. has 1 resource instances',
              ),
              condition(
                'NamespaceFinalizersRemaining',
                `Some content in the namespace has finalizers remaining: ${held}`,
              ),
              {
                type: 'NamespaceDeletionContentFailure',
                status: 'False',
                message: 'All content successfully deleted',
              },
            ],
          },
        }
      : undefined;
};
const JUST_NOW = '2026-01-02T03:03:50Z';
const LONG_AGO = '2026-01-02T02:04:05Z';

test.each(COMMANDS)('coped %s', async (line) => {
  const world = fakeWorld(going(JUST_NOW));
  expect(await world.coped(...line.split(' '))).toBe(1);
  expect(world.errors()).toMatch(
    /✘ the namespace coped-\w+ is being deleted \(asked for 15 s ago\)\n +Some resources are remaining: configmaps[^\n]*\n/,
  );
  expect(world.errors()).not.toContain('All content');
  expect(world.errors()).toMatch(/wait --for=delete namespace\/coped-/);
  const others = world.calls.filter(
    ({ program, line }) => program === 'kubectl' && !/^(config|get namespace)/.test(line),
  );
  expect(others).toEqual([]);
});

test('what a finalizer holds does not go by itself: after a minute waiting is not advised', async () => {
  const world = fakeWorld(going(LONG_AGO));
  expect(await world.coped('secrets', 'production', 'init')).toBe(1);
  expect(world.errors()).toMatch(
    /example\.org\/hold in 1 .*\n +It does not go by itself.*edit <kind> <name>/,
  );
});

test('but a claim waits for its pods only', async () => {
  const world = fakeWorld(going(LONG_AGO, 'kubernetes.io/pvc-protection in 1 resource instances'));
  expect(await world.coped('secrets', 'production', 'init')).toBe(1);
  expect(world.errors()).toContain('Wait until it is gone');
});

test('who may look into the namespace and not at it goes on', async () => {
  const world = fakeWorld(({ line }) => {
    if (line.startsWith('get namespace'))
      return { code: 1, stderr: 'Error from server (Forbidden): namespaces' };
    return line.startsWith('get') ? '' : undefined;
  });
  await world.coped('manage', 'production', '--', 'check');
  expect(world.errors()).toContain('production has no web on this cluster');
});
