import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../../lib/environments/environment';
import { FOLDER } from '../backup/claim-pod';
import { dumpNamed, hashing } from '../backup/fetch';
import { listDumps } from '../backup/list';
import { environmentNamed } from '../cluster/environment';
import { complaint, type PodShell } from '../cluster/pod-shell';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';

/** Where a dump comes from, as `--from` says. */
export type Source =
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'other'; readonly environment: Environment; readonly name: string };

/**
 * `NAME`: on the environment's own claim; `staging/NAME`: on another's; `./file`, `/a/file`: a file here.
 * @throws RefusedError
 */
export function sourceOf(world: World, target: Environment, from: string): Source {
  if (/(^|\/)metabase-[^/]*$/.test(from)) {
    throw new RefusedError(
      `${from} is a dump of Metabase, and this restores the application's database`,
      'By hand: docs/backup-and-restore.md#metabase',
    );
  }
  if (/^(\.{0,2}\/|[A-Za-z]:\\)/.test(from)) return { kind: 'file', path: from };
  const [owner, name, ...more] = from.split('/') as [string, ...string[]];
  if (name === undefined) return { kind: 'own', name: from };
  if (more.length > 0 || !world.environments.some((one) => one.name === owner)) {
    throw new RefusedError(
      `"${from}" is neither a dump's name, nor <environment>/<name>, nor a file that begins with ./ or /`,
      `A file would be ./${from}`,
    );
  }
  const environment = environmentNamed(world, owner);
  return environment.name === target.name ? { kind: 'own', name } : { kind: 'other', environment, name };
}

/** A dump in a folder of a pod. `shell` is the pod that restores, or one that sees another environment's dumps. */
export async function fromClaim(
  shell: PodShell,
  owner: string,
  name: string,
  here: boolean,
): Promise<Supply> {
  const { bytes } = dumpNamed(name, (await listDumps(shell)).dumps);
  const path = `${FOLDER}/${name}`;
  const known = { about: `${name} of ${owner}`, bytes };
  return here ? { ...known, path } : { ...known, open: () => send(shell, path) };
}

/** From one pod to another, past the disk of this machine. */
function send(shell: PodShell, path: string): Sending {
  const stream = new PassThrough();
  // `fill` asks for the error when it is ready.
  stream.on('error', () => {});
  shell.attempt(['cat', path], { output: stream }).then(
    ({ code, stderr }) => (code === 0 ? stream.end() : stream.destroy(new Error(complaint(stderr)))),
    (error: Error) => stream.destroy(error),
  );
  const checksum = async () => (await shell.run(['sha256sum', path], { within: LONG })).split(/\s/)[0] ?? '';
  return { stream, checksum };
}

/** Seconds that reading a large file may take. */
const LONG = 3600;

/** How a dump in PostgreSQL's custom format begins. */
const MAGIC = 'PGDMP';

/** @throws RefusedError if the file is no dump */
export function fromFile(path: string): Supply {
  const { bytes, begin } = lookAt(path);
  if (begin !== MAGIC) {
    throw new RefusedError(
      `${path} is not a dump in PostgreSQL's custom format`,
      'A dump is made by `pg_dump --format=custom`, as every night: npx coped backup <environment> fetch NAME',
    );
  }
  const open = () => {
    const { stream, checksum } = hashing();
    // An error ends the stream with itself, and with it the program that reads it.
    pipeline(createReadStream(path), stream).catch(() => {});
    return { stream, checksum: async () => checksum() };
  };
  return { about: path, bytes, open };
}

function lookAt(path: string): { bytes: number; begin: string } {
  try {
    const file = openSync(path, 'r');
    try {
      const begin = Buffer.alloc(MAGIC.length);
      readSync(file, begin);
      return { bytes: statSync(path).size, begin: begin.toString() };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new RefusedError(
      `${path} cannot be read: ${(error as Error).message}`,
      'Name another file with --from',
    );
  }
}

/** A dump that is about to be restored, wherever it is. */
export interface Supply {
  /** `coped-20260102T023000Z.dump of production` */
  readonly about: string;
  readonly bytes: number;
  /** Where the restore's pod sees it; otherwise it has to be sent there. */
  readonly path?: string;
  /** Starts to send it. */
  readonly open?: () => Sending;
}

export interface Sending {
  /** Ends with an error if it cannot be sent to its end. */
  readonly stream: Readable;
  /** The checksum of what was sent. */
  readonly checksum: () => Promise<string>;
}

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
