import { readFileSync } from 'node:fs';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';
import type { Source } from './source';

export interface ScrubOptions {
  /** `--scrub FILE`; false for `--no-scrub`. */
  readonly scrub?: string | false;
}

/**
 * The SQL that makes somebody else's data fit to be here. Whose data a dump holds decides whether there has to be some; of a
 * file nobody can tell.
 * @throws RefusedError where it is needed and nobody has said a word about it
 */
export function scrubOf(
  { name }: Pick<Environment, 'name'>,
  source: Source,
  { scrub }: ScrubOptions,
): string | undefined {
  if (typeof scrub === 'string') return read(scrub);
  if (scrub === false || source.kind === 'own') return undefined;
  const whose =
    source.kind === 'other'
      ? `The data is ${source.environment.name}'s, and comes to people who use ${name}`
      : `Nobody can tell whose data ${source.path} holds`;
  throw new RefusedError(
    `${whose}: it is not said whether it must be scrubbed`,
    `--scrub FILE.sql runs SQL before anybody sees it (lib/components/backup/scrub.sql is an example); --no-scrub takes it as it is`,
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new RefusedError(
      `${path} cannot be read: ${(error as Error).message}`,
      'Name another file with --scrub',
    );
  }
}
