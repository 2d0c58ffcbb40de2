import { PassThrough } from 'node:stream';
import { run } from '../../../cli/main';
import { Terminal } from '../../../cli/terminal';
import { fakeWorld } from '../fake-world';

async function opened(words: string[], circumstances: { terminal?: boolean; listens?: boolean } = {}) {
  const world = fakeWorld(({ program }) => (program === 'xdg-open' ? '' : undefined));
  const stream = () => Object.assign(new PassThrough(), { isTTY: circumstances.terminal });
  const output = stream();
  let printed = '';
  output.on('data', (data) => {
    printed += data;
  });
  const terminal = new Terminal({ input: stream(), output, errors: stream() });
  const code = await run(['open', ...words], {
    ...world,
    terminal,
    browser: 'xdg-open',
    listens: async () => circumstances.listens ?? false,
  });
  const browsers = world.calls.filter(({ program }) => program === 'xdg-open').map(({ line }) => line);
  return { code, printed, browsers };
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
  const { code, printed, browsers } = await opened(words, circumstances);
  expect({ code, browsers }).toEqual({ code: 0, browsers: [] });
  expect(printed).toBe('http://localhost:1337\n');
});

test('a hosted site has its host, and no cluster is asked', async () => {
  expect((await opened(['production'])).printed).toBe('https://coped.example.org\n');
});

test('a browser that cannot be started is no error', async () => {
  const world = fakeWorld();
  const stream = () => Object.assign(new PassThrough(), { isTTY: true });
  const terminal = new Terminal({ input: stream(), output: stream(), errors: stream() });
  expect(await run(['open', 'production'], { ...world, terminal, browser: 'xdg-open' })).toBe(0);
  expect(world.calls.map(({ program }) => program)).toEqual(['xdg-open']);
});
