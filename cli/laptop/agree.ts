import { RefusedError } from '../terminal/errors';
import type { World } from '../world';

export interface Question {
  /** What will be lost, and where. */
  readonly question: string;
  /** What has to be typed. */
  readonly word: string;
  /** `--yes`: nobody is asked. */
  readonly yes?: boolean;
}

/**
 * Says what will be lost, and lets nothing be lost that nobody has agreed to.
 * @throws RefusedError
 */
export async function agree(
  { terminal, signal }: World,
  { question, word, yes = false }: Question,
): Promise<void> {
  terminal.say(question);
  if (yes) return;
  if (!terminal.interactive) {
    throw new RefusedError(
      'nobody is here to agree, because this is no terminal',
      'A script agrees with --yes',
    );
  }
  const answer = await terminal.ask(`Type ${terminal.paint('bold', word)} to go on: `, signal);
  if (answer === word) return;
  throw new RefusedError(
    `"${answer}" is not "${word}": nothing was changed`,
    'Run it again, and type it exactly',
  );
}
