import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageName } from '../../checker/plan/pods/image-name';
import type { Problem } from '../../checker/problem';
import { Problems } from '../../checker/problems';
import { imageNames } from '../../lib/components/images';
import type { HostedEnvironment, LocalEnvironment } from '../../lib/environments/environment';
import { type HostedImages, imagesFile, withoutDefaults } from '../../lib/environments/images';
import { type Folder, synthesize } from '../../rules/synthesize';
import { committedManifests, lastDist } from '../dist/committed';
import { replaceFolders } from '../dist/replace';
import { RefusedError } from '../terminal/errors';
import { unwritable } from '../terminal/unwritable';
import { named, type Request, requested, withAllImages } from './request';

/** An environment whose file has changed. */
export interface Changed {
  readonly name: string;
  readonly before: HostedImages;
  readonly after: HostedImages;
}

/**
 * Writes other images: the files of the environments that change, and dist/.
 *
 * @param root the folder of the sources
 * @throws Problems with everything that is wrong, of the step and of its result; nothing is written
 * @throws RefusedError for images that must come from another environment
 */
export function change(
  environments: readonly (LocalEnvironment | HostedEnvironment)[],
  request: Request,
  root: string,
): readonly Changed[] {
  const before = environments.map(withAllImages);
  const { after, problems } = requested(before, request);
  const changes = after
    .map(({ name, images }) => ({ name, before: named(before, name).images, after: images }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
  if (changes.length === 0) return [];
  const folders = checked(root, after, problems);
  const files = changes.map(({ name, after: images }) => {
    const path = join(root, imagesFile(name));
    return { path, aside: `${path}.new`, text: `${JSON.stringify(withoutDefaults(images), undefined, 2)}\n` };
  });
  try {
    // Aside first: on a full disk neither these files nor dist/ change.
    for (const { aside, text } of files) writeFileSync(aside, text);
    replaceFolders(join(root, 'dist'), folders, { whole: false });
    for (const { aside, path } of files) renameSync(aside, path);
  } catch (error) {
    for (const { aside } of files) rmSync(aside, { force: true });
    throw error instanceof RefusedError
      ? error
      : unwritable('lib/environments/images cannot be written', error as Error);
  }
  return changes;
}

function checked(root: string, inputs: readonly unknown[], problems: readonly Problem[]): Folder[] {
  const committed = lastDist(root);
  try {
    const folders = synthesize(inputs, (...args) => committedManifests(committed, ...args));
    if (problems.length === 0) return folders;
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    throw new Problems([...problems, ...error.problems]);
  }
  throw new Problems(problems);
}

/** What has changed, and what to do next. */
export function asText(changes: readonly Changed[]): string {
  if (changes.length === 0) return 'Nothing changes.';
  const files = changes.map(({ name }) => imagesFile(name)).join(' and ');
  return [
    ...changes.flatMap(ofEnvironment),
    '',
    `Written: ${files}, dist/. Read what a deploy will do, then commit both:`,
    ...changes
      .filter((one) => exchanged(one).length > 0)
      .map(({ name }) => `  npx coped plan ${name} --from HEAD`),
    '  git diff --stat',
  ].join('\n');
}

const exchanged = ({ before, after }: Changed) => imageNames.filter((name) => before[name] !== after[name]);

function ofEnvironment(change: Changed): string[] {
  const { name, before, after } = change;
  const images = exchanged(change).map(
    (image) => `  ${image.padEnd(14)} ${short(before[image])} → ${short(after[image])}`,
  );
  const tried = Object.keys(after.insteadOf ?? {}).join(', ');
  const over = before.insteadOf !== undefined && after.insteadOf === undefined;
  return [
    name,
    ...images,
    ...(tried ? [`  On trial: ${tried}.`] : []),
    ...(over ? ['  No release is on trial any more.'] : []),
  ];
}

/** Name and version; the beginning of a digest. */
const short = (reference: string | undefined): string => {
  const { name, version } = imageName(reference);
  return `${name} ${version}`;
};
