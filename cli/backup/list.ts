import type { ApiObject } from '../cluster/kubectl';
import type { PodShell } from '../cluster/pod-shell';
import type { Site } from '../cluster/site';
import { ago } from '../terminal/age';
import { columns } from '../terminal/columns';
import { FOLDER, withDumps } from './claim-pod';
import { moment, size, stampIn } from './words';

/** One dump on the claim `backup`. */
export interface Dump {
  readonly name: string;
  readonly bytes: number;
  /** When it was begun: what was written later is not in it. */
  readonly taken: Date;
}

/** A name that can be nothing but a file in one folder: no path, no option. */
export const isDumpName = (name: string): boolean => /^[A-Za-z0-9][\w.-]*\.dump$/.test(name);

/** As `find -printf` writes them, newest first: `<bytes> <seconds since 1970> <name>`. */
const parseDumps = (text: string): Dump[] =>
  text
    .split('\n')
    .flatMap((line) => {
      const [, bytes, written, name] = /^(\d+) ([\d.]+) (.+)$/.exec(line) ?? [];
      if (!bytes || !written || !name || !isDumpName(name)) return [];
      return [
        {
          name,
          bytes: Number(bytes),
          // The nightly dump's name says when it was begun; of another file, only when it was last written is known.
          taken: stampIn(name) ?? new Date(Number(written) * 1000),
        },
      ];
    })
    .sort((a, b) => b.taken.getTime() - a.taken.getTime());

const FIND = ['find', FOLDER, '-maxdepth', '1', '-type', 'f', '-name', '*.dump', '-printf', '%s %T@ %f\\n'];

/** The dumps on the claim, newest first, and how many bytes it has left. */
export interface Listing {
  readonly dumps: readonly Dump[];
  readonly free: number;
}

export async function listDumps(shell: PodShell): Promise<Listing> {
  const dumps = parseDumps(await shell.run(FIND));
  const free = Number((await shell.run(['df', '--output=avail', '-B1', FOLDER])).trim().split('\n').at(-1));
  return { dumps, free };
}

/** Shows the dumps, for people or for programs. */
export async function printDumps(site: Site, cronJob: ApiObject, json = false): Promise<void> {
  const { terminal, now } = site.world;
  const { dumps, free } = await terminal.step('list the dumps', (step) =>
    withDumps(site, cronJob, step, listDumps),
  );
  if (json) {
    const list = dumps.map(({ name, bytes, taken }) => ({ name, bytes, taken: taken.toISOString() }));
    return terminal.print(JSON.stringify(list, null, 2));
  }
  if (dumps.length === 0) return terminal.say('There is no dump yet.');
  const rows = dumps.map(({ name, bytes, taken }) => [
    name,
    size(bytes),
    moment(taken),
    ago(taken.toISOString(), now()),
  ]);
  terminal.print(columns([['DUMP', 'SIZE', 'TAKEN', 'AGE'], ...rows]));
  terminal.say(`${size(free)} free on the volume.`);
}
