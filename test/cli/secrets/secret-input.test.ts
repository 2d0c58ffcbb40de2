import { PassThrough } from 'node:stream';
import { givenValue, wholeText } from '../../../cli/secrets/secret-input';
import { Terminal } from '../../../cli/terminal';
import { InterruptedError } from '../../../cli/terminal/errors';
import { fakeWorld } from '../fake-world';
import { written } from '../written';

/** A prompt on a keyboard, while standard error goes to a file. */
function prompt() {
  const modes: boolean[] = [];
  const setRawMode = (raw: boolean) => modes.push(raw);
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode });
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const world = { ...fakeWorld(), terminal: new Terminal({ input, output, errors }) };
  const interruption = new AbortController();
  const given = givenValue({ ...world, signal: interruption.signal }, 'django/secret-key');
  const value = given.then((secret) => secret.reveal('check whether it is good enough'));
  return { input, value, modes, interruption, shown: () => written(errors) };
}

test.each([
  [['secrex\u007f', 't\r'], 'secret'],
  [['pasted value\n'], 'pasted value'],
])('what is typed, %j, is not shown', async (letters, expected) => {
  const { input, value, modes, shown } = prompt();
  for (const some of letters) input.write(some);
  expect(await value).toBe(expected);
  expect(shown()).toBe('New value of django/secret-key (hidden): \n');
  expect(modes).toEqual([true, false]);
});

test.each<[string, (given: ReturnType<typeof prompt>) => unknown]>([
  ['ctrl-C', ({ input }) => input.write('abc\u0003')],
  ['ctrl-D', ({ input }) => input.write('\u0004')],
  ['the end of input', ({ input }) => input.end()],
  ['a signal', ({ interruption }) => interruption.abort()],
])('%s ends the prompt, and the terminal is as before', async (_, end) => {
  const given = prompt();
  end(given);
  await expect(given.value).rejects.toThrow(InterruptedError);
  expect(given.modes).toEqual([true, false]);
});

test('ctrl-C, during it or before, ends the wait for a pipe that stays open', async () => {
  const interruption = new AbortController();
  const waiting = wholeText(new PassThrough(), interruption.signal);
  interruption.abort();
  await expect(waiting).rejects.toThrow('nothing was changed');
  await expect(wholeText(new PassThrough(), AbortSignal.abort())).rejects.toThrow(InterruptedError);
});
