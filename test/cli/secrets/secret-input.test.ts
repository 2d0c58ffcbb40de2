import { PassThrough } from 'node:stream';
import { givenValue, wholeText } from '../../../cli/secrets/secret-input';
import { Terminal } from '../../../cli/terminal';
import { InterruptedError } from '../../../cli/terminal/errors';
import { fakeWorld } from '../fake-world';

/** A keyboard, and standard error that goes to a file. */
function typing() {
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => modes.push(raw),
  });
  const terminal = new Terminal({ input, output: new PassThrough(), errors: new PassThrough() });
  return { input, modes, world: { ...fakeWorld(), terminal } };
}

test('what is typed is shown nowhere, also where messages go to a file', async () => {
  const { input, modes, world } = typing();
  const given = givenValue(world, 'django/secret-key');
  input.write('sesame\r');
  expect((await given).reveal('check whether it is good enough')).toBe('sesame');
  expect(modes).toEqual([true, false]);
});

test('ctrl-C ends the wait for a pipe that says nothing', async () => {
  const interruption = new AbortController();
  const waiting = wholeText(new PassThrough(), interruption.signal);
  interruption.abort();
  await expect(waiting).rejects.toThrow(InterruptedError);
});

test('so does a ctrl-C that came before', async () => {
  await expect(wholeText(new PassThrough(), AbortSignal.abort())).rejects.toThrow(InterruptedError);
});
