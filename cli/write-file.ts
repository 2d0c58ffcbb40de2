import { constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;

/** Writes a file that a user has named. In a folder such as /tmp, a link of that name may be someone else's, and lead to any file. */
export const writeNamedFile = (path: string, text: string): Promise<void> =>
  writeFile(path, text, { flag: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW });
