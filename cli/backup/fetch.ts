import { createHash } from 'node:crypto';
import { existsSync, lstatSync, type WriteStream } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiObject } from '../cluster/kubectl';
import { complaint, type PodShell } from '../cluster/pod-shell';
import type { Site } from '../cluster/site';
import type { Terminal } from '../terminal';
import { CliError, RefusedError } from '../terminal/errors';
import { FOLDER, withDumps } from './claim-pod';
import { type Dump, isDumpName, listDumps } from './list';
import { size } from './words';

/** Standard output, in the place of a file. */
const STDOUT = '-';

/**
 * Copies a dump to this machine, for this user only. What was read there and what was written here must have the same checksum; no
 * existing file is overwritten, and no link is followed, even where others may write.
 * @param to a file, or `-`; a file of the dump's name if absent
 * @returns the file
 */
export async function fetchDump(
  site: Site,
  cronJob: ApiObject,
  { name, to = name }: { name: string; to?: string },
): Promise<string> {
  const { terminal } = site.world;
  if (to === STDOUT && terminal.bytes.isTTY) {
    throw new RefusedError('a dump is binary: a terminal cannot show it', 'Pipe it elsewhere: --to - | …');
  }
  const partial = `${to}.partial`;
  if (to !== STDOUT) {
    mustBeNew(to);
    mustBeNew(partial, LEFT);
  }
  const fetch = async (shell: PodShell) => {
    const { bytes } = dumpNamed(name, (await listDumps(shell)).dumps);
    const file = to === STDOUT ? undefined : await opened(partial, name, terminal);
    try {
      const sum = await copy(shell, name, file ?? terminal.bytes, file === undefined);
      const [there] = (await shell.run(['sha256sum', `${FOLDER}/${name}`])).split(/\s/);
      if (sum !== there) {
        throw new CliError(
          `${name}: what arrived is not what was sent (${size(bytes)}): the checksums differ`,
          'Run it again; nothing was kept of it',
        );
      }
      if (file) await giveName(partial, to);
    } finally {
      file?.destroy();
      if (file) await rm(partial, { force: true });
    }
  };
  await terminal.step(`fetch ${name}`, (step) => withDumps(site, cronJob, step, fetch));
  return to;
}

/** @throws RefusedError if there is no such dump */
export function dumpNamed(name: string, dumps: readonly Dump[]): Dump {
  const dump = isDumpName(name) && dumps.find((one) => one.name === name);
  if (dump) return dump;
  const known = dumps.slice(0, 5).map((one) => one.name);
  throw new RefusedError(
    `there is no dump "${name}"${existsSync(name) ? `, but a file here; that would be ./${name}` : ''}`,
    known.length > 0
      ? `There are: ${known.join(', ')}${dumps.length > 5 ? ', …' : ''}`
      : 'There is no dump yet',
  );
}

const LEFT = 'Another fetch is writing it, or one was killed: then remove it, and run this again';

/** A link that leads nowhere is there, too. What cannot even be looked at cannot be written either, which says why. */
function mustBeNew(path: string, next = 'Name another file with --to; nothing is overwritten'): void {
  try {
    lstatSync(path);
  } catch {
    return;
  }
  throw new RefusedError(`${resolve(path)} already exists`, next);
}

/** Creates a file that no one else may read, in a folder of that kind where there is none yet. */
async function opened(path: string, name: string, terminal: Terminal): Promise<WriteStream> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    // As on FAT, where a mode is no error, and has no effect.
    if ((await file.stat()).mode & 0o077) terminal.say(`Others may read ${path}: its disk knows no owners`);
    return file.createWriteStream();
  } catch (error) {
    mustBeNew(path, LEFT);
    throw cannotBeWritten(name, error as Error);
  }
}

const cannotBeWritten = (name: string, { message }: Error): CliError =>
  new CliError(`${name} cannot be written here: ${message}`, 'Name another place with --to');

/**
 * A link fails where the name is taken, even in the last moment; a rename would not. FAT, and some network drives, have no links: there
 * an empty file of ours takes the name first.
 */
async function giveName(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch {
    mustBeNew(path);
    await (await open(path, 'wx', 0o600)).close();
    await rename(partial, path).catch(async (reason: Error) => {
      await rm(path);
      throw reason;
    });
  }
}

/** @returns the checksum of what has arrived */
async function copy(
  shell: PodShell,
  name: string,
  to: NodeJS.WritableStream,
  keepOpen: boolean,
): Promise<string> {
  const { stream, checksum } = hashing();
  const written = pipeline(stream, to, { end: !keepOpen });
  // Awaited below: without this, a full disk would end the process before the program has.
  written.catch(() => {});
  const { code, stderr } = await shell.attempt(['cat', `${FOLDER}/${name}`], { output: stream });
  stream.end();
  await written.catch((error: Error) => Promise.reject(cannotBeWritten(name, error)));
  if (code !== 0) {
    throw new CliError(
      `${name} did not arrive: ${complaint(stderr)}`,
      'Run it again; nothing was kept of it',
    );
  }
  return checksum();
}

/** Passes on what it gets; `checksum` is of all of it, at the end. */
export function hashing(): { stream: Transform; checksum: () => string } {
  const hash = createHash('sha256');
  const stream = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { stream, checksum: () => hash.digest('hex') };
}
