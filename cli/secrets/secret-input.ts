import type { Readable, Writable } from 'node:stream';
import { SecretValue } from '../../checker/secrets/secret-value';
import type { Streams } from '../terminal';
import { InterruptedError } from '../terminal/errors';
import type { World } from '../world';

/** A value that is piped, or typed at a hidden prompt. A line break at its end is not part of it. */
export async function givenValue({ terminal, signal }: World, path: string): Promise<SecretValue> {
  const { input } = terminal;
  // Wherever the question goes to: the terminal would show what comes from a keyboard.
  const text = input.isTTY
    ? await hiddenLine({ input, errors: terminal.log('errors') }, `New value of ${path} (hidden): `, signal)
    : await wholeText(input, signal);
  return new SecretValue(text.replace(/\r?\n$/, ''));
}

const nothingGiven = () => new InterruptedError('No value was given: nothing was changed.');

/**
 * Everything that is piped.
 * @throws InterruptedError by ctrl-C, however long the pipe stays open
 */
export async function wholeText(input: Readable, signal: AbortSignal): Promise<string> {
  const stop = () => input.destroy(nothingGiven());
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of input) chunks.push(Buffer.from(chunk));
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks).toString();
}

type Input = Streams['input'] & { setRawMode?(raw: boolean): void };

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\b', '\u007f'];

/**
 * A line that is typed or pasted, and not shown.
 * @throws InterruptedError by ctrl-C, and at the end of input
 */
export function hiddenLine(
  { input, errors }: { readonly input: Input; readonly errors: Writable },
  question: string,
  signal?: AbortSignal,
): Promise<string> {
  errors.write(question);
  input.setRawMode?.(true);
  input.setEncoding('utf8');
  return new Promise<string>((resolve, reject) => {
    let line = '';
    const end = (finish: () => void) => {
      input.off('data', read).off('end', stop).pause();
      signal?.removeEventListener('abort', stop);
      input.setRawMode?.(false);
      errors.write('\n');
      finish();
    };
    const stop = () => end(() => reject(nothingGiven()));
    const read = (text: string) => {
      for (const letter of text) {
        if (letter === CTRL_C || letter === CTRL_D) return stop();
        if (letter === '\r' || letter === '\n') return end(() => resolve(line));
        if (letter === BACKSPACE || letter === DELETE) line = line.slice(0, -1);
        else line += letter;
      }
    };
    input.on('data', read).once('end', stop).resume();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
