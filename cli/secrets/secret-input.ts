import type { Readable } from 'node:stream';
import { SecretValue } from '../../checker/secrets/secret-value';
import { InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { hiddenLine } from './hidden-prompt';

/** A value as somebody gives it: piped, or typed where nobody sees it. A line break at its end is not part of it. */
export async function givenValue({ terminal, signal }: World, path: string): Promise<SecretValue> {
  const { streams } = terminal;
  // Wherever the question goes to: what comes from a keyboard would be shown by the terminal.
  const text = streams.input.isTTY
    ? await hiddenLine(streams, `New value of ${path} (nothing is shown): `, signal)
    : await wholeText(streams.input, signal);
  return new SecretValue(text.replace(/\r?\n$/, ''));
}

/**
 * Everything that is piped.
 * @throws InterruptedError by ctrl-C, however long the pipe stays open
 */
export async function wholeText(input: Readable, signal: AbortSignal): Promise<string> {
  const stop = () => input.destroy(new InterruptedError('Nothing was given: nothing was changed.'));
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
