import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { write } from '../../lib/output/files';
import type { Model } from './model';

/** Does something with a folder of its own, and removes it. */
export async function withFolder<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'coped-e2e-'));
  try {
    return await task(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The same with the folder of an environment, as `npm run synth` would write it. */
export const withDist = <T>({ environment, files }: Model, task: (dist: string) => Promise<T>): Promise<T> =>
  withFolder((folder) => {
    const dist = join(folder, environment.name);
    write(dist, files);
    return task(dist);
  });
