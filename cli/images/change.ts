import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, Problems } from '../../checker/problem';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { imagesFile, withoutDefaults } from '../../lib/environments/images';
import { type Folder, synthesize } from '../../rules/synthesize';
import { committedManifests, lastDist } from '../dist/committed';
import { replaceFolders } from '../dist/replace';
import { type Changed, changed, type Request, requested, withAllImages } from './requested';

/**
 * Writes other images: the files of the environments that have others after it, and dist/.
 *
 * @param house the folder of the sources
 * @throws Problems with everything that is wrong: with the step, and with where it leads; nothing is written
 * @throws RefusedError where nobody may ask for that
 */
export function change(
  environments: readonly (LocalEnvironment | HostedEnvironment)[],
  request: Request,
  house: string,
): readonly Changed[] {
  const before = environments.map(withAllImages);
  const { after, problems } = requested(before, request);
  const files = changed(before, after);
  if (files.length === 0) return [];
  const folders = judged(after, problems);
  for (const { name, after: images } of files) {
    writeFileSync(
      join(house, imagesFile(name)),
      `${JSON.stringify(withoutDefaults(images), undefined, 2)}\n`,
    );
  }
  replaceFolders(join(house, 'dist'), folders, false);
  return files;
}

function judged(inputs: readonly unknown[], problems: readonly Problem[]): Folder[] {
  const committed = lastDist();
  try {
    const folders = synthesize(inputs, (...args) => committedManifests(committed, ...args));
    if (problems.length === 0) return folders;
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    throw new Problems([...problems, ...error.problems]);
  }
  throw new Problems(problems);
}
