import { readFileSync } from 'node:fs';
import type { Environment } from '../../lib/environments/environment';
import { RefusedError } from '../terminal/errors';
import type { Source } from './source';

export interface ScrubOptions {
  /** `--scrub FILE`; false for `--no-scrub`. */
  readonly scrub?: string | false;
}

/**
 * The SQL that removes personal data from another environment's dump, or from a file, whose origin is unknown.
 * @throws RefusedError where such a dump comes with neither --scrub nor --no-scrub
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
      ? `The data of ${source.environment.name} is about to be restored into ${name}`
      : `It is unknown whose data ${source.path} holds`;
  throw new RefusedError(
    `${whose}: --scrub or --no-scrub is required`,
    `--scrub FILE.sql runs SQL before the data is used (lib/components/backup/scrub.sql is an example); --no-scrub takes it as it is`,
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
