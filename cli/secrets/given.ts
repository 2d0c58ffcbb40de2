import type { Readable } from 'node:stream';
import { SecretValue } from '../../lib/secrets/secret-value';
import type { World } from '../world';
import { hiddenLine } from './hidden-prompt';

/** A value as somebody gives it: piped, or typed where nobody sees it. A line break at its end is not part of it. */
export async function givenValue({ terminal, signal }: World, path: string): Promise<SecretValue> {
  const { streams, interactive } = terminal;
  const text = interactive
    ? await hiddenLine(streams, `New value of ${path} (nothing is shown): `, signal)
    : await wholeText(streams.input);
  return new SecretValue(text.replace(/\r?\n$/, ''));
}

/** Everything that is piped. */
export async function wholeText(input: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
