import { addressesOf } from '../../../cli/laptop/addresses';
import { environments as example } from '../../../examples/coped';
import { parseEnvironments } from '../../../rules/environments';
import { fakeWorld } from '../fake-world';

async function opened(words: string[], { terminal = false, listens = false, ...more } = {}) {
  const world = fakeWorld(({ program }) => (program === 'xdg-open' ? '' : undefined));
  if (terminal) world.atTerminal();
  Object.assign(world, { browser: 'xdg-open', listens: async () => listens, ...more });
  const code = await world.coped('open', ...words);
  const browsers = world.calls.filter(({ program }) => /open$/.test(program)).map(({ line }) => line);
  return { code, printed: world.output(), browsers };
}

test('the local site is opened where there is a terminal', async () => {
  expect(await opened([], { terminal: true, listens: true })).toEqual({
    code: 0,
    printed: 'http://localhost:1337\n',
    browsers: ['http://localhost:1337'],
  });
});

test.each([
  ['in a script', [], {}],
  ['on demand', ['--print'], { terminal: true }],
])('only its address is printed %s', async (_, words, circumstances) => {
  const expected = { code: 0, printed: 'http://localhost:1337\n', browsers: [] };
  expect(await opened(words, circumstances)).toEqual(expected);
});

test('a hosted site has its host, and no cluster is asked; a browser that does not start is no error', async () => {
  const { code, printed, browsers } = await opened(['production'], {
    terminal: true,
    browser: 'no-open',
  } as object);
  expect({ code, printed }).toEqual({ code: 0, printed: 'https://coped.example.org\n' });
  expect(browsers).toEqual(['https://coped.example.org']);
});

test('web has an address of its own only where the environment opens a port for it', async () => {
  const world = Object.assign(fakeWorld(), { listens: async () => true });
  const urls = async (inputs: readonly unknown[]) => {
    const environment = parseEnvironments(inputs).find(({ kind }) => kind === 'local');
    if (!environment) throw new Error('no local environment');
    return (await addressesOf(world, 'kind-coped', environment)).addresses.map(({ url }) => url);
  };
  expect(await urls(world.environments)).toEqual(['http://localhost:1337', 'http://localhost:8000']);
  expect(await urls(example)).toEqual(['http://localhost:1337']);
});
