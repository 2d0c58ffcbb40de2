import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ApiObject } from '../cluster/kubectl';
import { complaint, type PodShell } from '../cluster/pod-shell';
import type { Site } from '../cluster/site';
import { CliError, RefusedError } from '../terminal/errors';
import { FOLDER, withDumps } from './claim-pod';
import { type Dump, isDumpName, listDumps } from './list';
import { size } from './words';

/** Standard output, in the place of a file. */
const STDOUT = '-';

/**
 * Copies a dump to this machine. What was read there and what was written here must have the same checksum; an existing file
 * is not overwritten.
 * @param to a file, or `-`; a file of the dump's name if absent
 * @returns the file
 */
export async function fetchDump(
  site: Site,
  cronJob: ApiObject,
  { name, to = name }: { name: string; to?: string },
): Promise<string> {
  const { terminal } = site.world;
  const output = terminal.bytes;
  if (to === STDOUT && output.isTTY) {
    throw new RefusedError('a dump is binary: a terminal cannot show it', 'Pipe it elsewhere: --to - | …');
  }
  if (to !== STDOUT) mustBeNew(to);
  const partial = `${to}.partial`;
  const fetch = async (shell: PodShell) => {
    const { bytes } = dumpNamed(name, (await listDumps(shell)).dumps);
    try {
      const here = to === STDOUT ? output : createWriteStream(partial, { mode: 0o600 });
      const sum = await copy(shell, name, here, to === STDOUT);
      const [there] = (await shell.run(['sha256sum', `${FOLDER}/${name}`])).split(/\s/);
      if (sum !== there) {
        throw new CliError(
          `${name}: what arrived is not what was sent (${size(bytes)}): the checksums differ`,
          'Run it again; nothing was kept of it',
        );
      }
      if (to !== STDOUT) await giveName(partial, to);
    } finally {
      if (to !== STDOUT) await rm(partial, { force: true });
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

function mustBeNew(path: string): void {
  if (!existsSync(path)) return;
  throw new RefusedError(
    `${resolve(path)} already exists`,
    'Name another file with --to; nothing is overwritten',
  );
}

/** A link fails where the name is taken, even in the last moment; a rename would not. */
async function giveName(partial: string, path: string): Promise<void> {
  await link(partial, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') mustBeNew(path);
    throw error;
  });
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
  await written.catch((error: Error) => {
    throw new CliError(`${name} cannot be written here: ${error.message}`, 'Name another place with --to');
  });
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
