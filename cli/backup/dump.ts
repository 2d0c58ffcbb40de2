import { stampIn } from './stamp';

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
export const parseDumps = (text: string): Dump[] =>
  text
    .split('\n')
    .flatMap((line) => {
      const [, bytes, written, name] = /^(\d+) ([\d.]+) (.+)$/.exec(line) ?? [];
      if (!bytes || !written || !name || !isDumpName(name)) return [];
      return [
        {
          name,
          bytes: Number(bytes), // The nightly dump's name says when it was begun; of another file, when it was last written has to do.
          taken: stampIn(name) ?? new Date(Number(written) * 1000),
        },
      ];
    })
    .sort((a, b) => b.taken.getTime() - a.taken.getTime());
