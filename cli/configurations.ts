import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/** What the variable KUBECONFIG names and kubectl gets nothing from; of it, kubectl itself says little or nothing. */
export interface Unread {
  /** `/home/ada/typo (there is no such file)` */
  readonly files: readonly string[];
  /** It names no other file. */
  readonly all: boolean;
}

/** @returns undefined if kubectl can read all of them, or the variable names none */
export function unreadConfigurations(variable = ''): Unread | undefined {
  const named = variable.split(delimiter).filter(Boolean);
  const files = named.flatMap((file) => {
    const why = unreadable(file);
    return why === undefined ? [] : [`${resolve(file)} (${why})`];
  });
  return files.length > 0 ? { files, all: files.length === named.length } : undefined;
}

function unreadable(file: string): string | undefined {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return 'it is a folder';
    accessSync(file, constants.R_OK);
    return stats.isFile() && stats.size === 0 ? 'it is empty' : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' ? 'you may not read it' : 'there is no such file';
  }
}
