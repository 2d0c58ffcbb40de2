import { type Answer, fakeWorld } from '../fake-world';

const answer: Answer = ({ line, options }) => {
  if (!line.startsWith('logs ')) return undefined;
  options.output?.write('[pod/web-0/web] a line\n');
  return '';
};
async function logs(...words: string[]) {
  const world = fakeWorld(answer);
  const code = await world.coped('logs', ...words);
  const [call] = world.calls.filter(({ line }) => line.startsWith('logs '));
  return { code, call, output: world.output(), errors: world.errors() };
}

test('of everything in the local environment', async () => {
  const { code, call, output } = await logs();
  expect(code).toBe(0);
  expect(output).toBe('[pod/web-0/web] a line\n');
  expect(call?.args).toEqual(
    expect.arrayContaining([
      '--context=kind-coped',
      '--namespace=coped-development',
      '--prefix',
      '--tail=50',
    ]),
  );
  expect(call?.line).toContain('--selector=app.kubernetes.io/part-of=coped ');
});

test.each([
  [['web', '-f'], '--namespace=coped-development'],
  [['production', 'web', '--follow'], '--namespace=coped-production'],
])('of a component, followed: %j', async (words, namespace) => {
  const { code, call } = await logs(...words);
  expect(code).toBe(0);
  expect(call?.args).toContain(namespace);
  expect(call?.line).toMatch(/--selector=app\.kubernetes\.io\/component=web .*--follow/);
});

test('a Job has logs as well', async () => {
  expect((await logs('production', 'migrate')).code).toBe(0);
});

test.each([
  [['wbe'], /"wbe" is not a component of development\n.*Did you mean web\?/],
  [['prodction', 'web'], /"prodction" is not an environment\n.*Did you mean production\?/],
])('%j is refused, with what was probably meant', async (words, message) => {
  const { code, call, errors } = await logs(...words);
  expect(code).toBe(2);
  expect(errors).toMatch(message);
  expect(call).toBeUndefined();
});

test('what kubectl cannot do is an error', async () => {
  const world = fakeWorld(({ line }) =>
    line.startsWith('logs ') ? { code: 1, stderr: 'forbidden' } : undefined,
  );
  expect(await world.coped('logs')).toBe(1);
  expect(world.errors()).toMatch(/the logs cannot be read: forbidden\n.*get pods/);
});
