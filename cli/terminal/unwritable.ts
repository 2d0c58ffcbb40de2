import { RefusedError } from './errors';

/** What the system says where a file cannot be written → why that is, and what helps. */
const REASONS: Readonly<Record<string, readonly [why: string, next: string]>> = {
  ENOSPC: ['the disk is full', 'Make room (`df -h` shows where), then run it again'],
  EDQUOT: ['you have used up your share of the disk', 'Make room (`quota` shows it), then run it again'],
  EROFS: ['the disk can only be read', 'Work in a folder on another disk, or mount it for writing'],
  EACCES: [
    'you may not write there',
    'Check the owner with `ls -ld`; was it made by root or in a container?',
  ],
  ENOENT: ['the folder is not there', 'Name a file in a folder that exists'],
  ENOTDIR: ['a part of the path is a file, and not a folder', 'Name another place'],
  EISDIR: ['it is a folder', 'Name a file'],
  ELOOP: ['a link is there, which may lead to any file', 'Remove it, or name another place'],
};

/** What could not be written, and why, in plain words; `besides` follows what to do. */
export function unwritable(what: string, { message }: Error, besides = ''): RefusedError {
  const [code = ''] = /\bE[A-Z]{4,}\b/.exec(message.replace('EPERM', 'EACCES')) ?? [];
  const [why, next] = REASONS[code] ?? ['the system refuses it', 'Name another place'];
  return new RefusedError(`${what}: ${why} (${message})`, next + besides);
}
