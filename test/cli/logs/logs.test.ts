import { FakeCluster } from '../fake-cluster';

async function logs(...words: string[]) {
  const cluster = new FakeCluster().when(/^logs /, ({ options }) => {
    options.output?.write('[pod/web-0/web] a line\x1b]0;title\x07\n');
    return '';
  });
  const world = cluster.world();
  const code = await world.coped('logs', ...words);
  const [call] = world.calls.filter(({ line }) => line.startsWith('logs '));
  return { code, typed: call?.args.join(' '), output: world.output(), errors: world.errors() };
}

test('of everything in the local environment', async () => {
  const { code, typed, output } = await logs();
  expect(code).toBe(0);
  expect(output).toBe('[pod/web-0/web] a line\\u001b]0;title\\u0007\n');
  expect(typed).toMatch(
    /^--context=kind-coped --namespace=coped-development logs .*part-of=coped .*--prefix .*--tail=50/,
  );
});

test.each([
  [['web', '-f'], /--namespace=coped-development .*component=web .*--follow/],
  [['production', 'web', '--follow'], /--namespace=coped-production .*component=web .*--follow/],
  [['production', 'migrate'], /--namespace=coped-production .*component=migrate .*--tail=50$/],
])('of a component, a Job as well: %j', async (words, call) => {
  const { code, typed } = await logs(...words);
  expect(code).toBe(0);
  expect(typed).toMatch(call);
});

test.each([
  [['wbe'], /"wbe" is not a component of development\n.*Did you mean web\?/],
  [['prodction', 'web'], /"prodction" is not an environment\n.*Did you mean production\?/],
])('%j is refused, with what was probably meant', async (words, message) => {
  const { code, typed, errors } = await logs(...words);
  expect({ code, typed }).toEqual({ code: 2, typed: undefined });
  expect(errors).toMatch(message);
});

test('what kubectl cannot do is an error', async () => {
  const world = new FakeCluster().fail(/^logs /, 'forbidden\x1b[2J').world();
  expect(await world.coped('logs')).toBe(1);
  expect(world.errors()).toMatch(/the logs cannot be read: forbidden\\u001b\[2J\n.*get pods/);
});
