import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { write } from '../../../lib/output/files';
import { model } from './environment';

/** Does something with the environment's folder as `npm run synth` would write it. */
export async function withDist<T>(task: (folder: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'coped-e2e-'));
  try {
    const folder = join(parent, model.environment.name);
    write(folder, model.files);
    return await task(folder);
  } finally {
    await rm(parent, { recursive: true });
  }
}

export const FOUNDATION = model.files[0]?.name ?? '';
