import type { Streams } from '../terminal';
import { InterruptedError } from '../terminal/errors';

type Input = Streams['input'] & { setRawMode?(raw: boolean): void };

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\b', '\u007f'];

/**
 * A line that is typed or pasted and shown nowhere.
 * @throws InterruptedError by ctrl-C, and at the end of input
 */
export function hiddenLine(
  { input, errors }: { readonly input: Input; readonly errors: Streams['errors'] },
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
    const stop = () => end(() => reject(new InterruptedError('Nothing was given: nothing was changed.')));
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
