import { environmentNamed } from '../../../cli/cluster/environment';
import { confirm } from '../../../cli/terminal/confirm';
import { RefusedError } from '../../../cli/terminal/errors';
import { fakeWorld } from '../fake-world';

const world = fakeWorld();
const production = environmentNamed(world, 'production');
const WHAT = 'the release is deployed';

test.each([
  ['a local environment', environmentNamed(world, 'development'), {}],
  ['--yes and --context', production, { yes: true, context: 'coped-production' }],
])('%s: no confirmation', async (_, environment, consent) => {
  await confirm(world, environment, consent, WHAT);
  expect(world.errors()).toBe('');
});

test.each([
  ['--yes alone', { yes: true }, /--yes requires --context/],
  ['a context alone, without a terminal', { context: 'coped-production' }, /needs a terminal/],
  ['without a terminal', {}, /production: the release is deployed; the confirmation needs a terminal/],
])('%s is refused', async (_, consent, message) => {
  const attempt = confirm(world, production, consent, WHAT);
  await expect(attempt).rejects.toThrow(message);
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});

test('the typed name confirms', async () => {
  await confirm(fakeWorld().atTerminal('production\n'), production, {}, WHAT);
});

test.each(['y\n', 'Production\n', 'staging\n', '\n'])('%j does not', async (answer) => {
  const attempt = confirm(fakeWorld().atTerminal(answer), production, {}, WHAT);
  await expect(attempt).rejects.toThrow('nothing was changed');
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});

test.each([
  ['ctrl-C', '\x03'],
  ['ctrl-D', '\x04'],
])('%s at the question changes nothing', async (_, key) => {
  await expect(confirm(fakeWorld().atTerminal(key), production, {}, WHAT)).rejects.toThrow(
    'nothing was changed',
  );
});
