import { PassThrough } from 'node:stream';
import { hiddenLine } from '../../../cli/secrets/hidden-prompt';
import { InterruptedError } from '../../../cli/terminal/errors';

function prompt(signal?: AbortSignal) {
  const input = Object.assign(new PassThrough(), { modes: [] as boolean[] });
  const raw = { setRawMode: (on: boolean) => input.modes.push(on) };
  const errors = new PassThrough();
  const line = hiddenLine({ input: Object.assign(input, raw), errors }, 'Value: ', signal);
  return { input, line, shown: () => String(errors.read() ?? '') };
}

test('what is typed is taken and not shown, mistakes corrected', async () => {
  const { input, line, shown } = prompt();
  input.write('secrex\u007f');
  input.write('t\r');
  expect(await line).toBe('secret');
  expect(shown()).toBe('Value: \n');
  expect(input.modes).toEqual([true, false]);
});

test('what is pasted, too', async () => {
  const { input, line } = prompt();
  input.write('pasted value\n');
  expect(await line).toBe('pasted value');
});

test.each([
  '\u0003',
  'abc\u0003',
  '\u0004',
])('ctrl-C and ctrl-D end it, and the terminal is as before', async (keys) => {
  const { input, line } = prompt();
  input.write(keys);
  await expect(line).rejects.toThrow(InterruptedError);
  expect(input.modes).toEqual([true, false]);
});

test('so does the end of input, and a signal', async () => {
  const ended = prompt();
  ended.input.end();
  await expect(ended.line).rejects.toThrow('nothing was changed');
  const stop = new AbortController();
  const { line } = prompt(stop.signal);
  stop.abort();
  await expect(line).rejects.toThrow(InterruptedError);
});
