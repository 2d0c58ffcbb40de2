import { PassThrough } from 'node:stream';
import { environmentNamed } from '../../../cli/cluster/environment';
import { Terminal } from '../../../cli/terminal';
import { confirm } from '../../../cli/terminal/confirm';
import { RefusedError } from '../../../cli/terminal/errors';
import { fakeWorld } from '../fake-world';

const world = fakeWorld();
const production = environmentNamed(world, 'production');
const WHAT = 'the release is deployed';

/** A terminal at which somebody types. */
function typing(answer: string) {
  const [input, output, errors] = [0, 1, 2].map(() => Object.assign(new PassThrough(), { isTTY: true }));
  const streams = { input, output, errors } as ConstructorParameters<typeof Terminal>[0];
  (input as PassThrough).write(answer);
  return { ...world, terminal: new Terminal(streams, false) };
}

test('a local environment needs no consent', async () => {
  await confirm(world, environmentNamed(world, 'development'), {}, WHAT);
  expect(world.errors()).toBe('');
});

test('a script agrees with --yes and the context', async () => {
  await confirm(world, production, { yes: true, context: 'coped-production' }, WHAT);
});

test.each([
  ['--yes alone', { yes: true }, /--yes requires --context/],
  ['a context alone, without a terminal', { context: 'coped-production' }, /needs a terminal/],
  [
    'nothing, without a terminal',
    {},
    /production: the release is deployed; the confirmation needs a terminal/,
  ],
])('%s is refused', async (_, consent, message) => {
  const attempt = confirm(world, production, consent, WHAT);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});

test('somebody types the name', async () => {
  await confirm(typing('production\n'), production, {}, WHAT);
});

test.each([
  'y\n',
  'Production\n',
  'staging\n',
  '\n',
])('%j is not the name, and is refused', async (answer) => {
  const attempt = confirm(typing(answer), production, {}, WHAT);
  await expect(attempt).rejects.toThrow('nothing was changed');
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});

test.each([
  ['ctrl-C', '\x03'],
  ['ctrl-D', '\x04'],
])('%s at the question changes nothing', async (_, key) => {
  await expect(confirm(typing(key), production, {}, WHAT)).rejects.toThrow('nothing was changed');
});
