import { imageName } from '../../checker/plan/pods/image-name';
import { imageNames } from '../../lib/components/images';
import { imagesFile } from '../../lib/environments/images';
import type { Changed } from './requested';

/** What has changed, and what to do next. */
export function told(changed: readonly Changed[]): string {
  if (changed.length === 0) return 'Nothing changes.';
  const files = changed.map(({ name }) => imagesFile(name)).join(' and ');
  const plans = changed.filter(exchanged).map(({ name }) => `  npm run plan -- ${name} --from HEAD`);
  return [
    ...changed.flatMap(ofEnvironment),
    '',
    `Written: ${files}, dist/. Read what a deploy will do, then commit both:`,
    ...plans,
    '  git diff --stat',
  ].join('\n');
}

const exchanged = ({ before, after }: Changed): boolean =>
  imageNames.some((name) => before[name] !== after[name]);

function ofEnvironment({ name, before, after }: Changed): string[] {
  const images = imageNames
    .filter((image) => before[image] !== after[image])
    .map((image) => `  ${image.padEnd(14)} ${short(before[image])} → ${short(after[image])}`);
  const tried = Object.keys(after.insteadOf ?? {}).join(', ');
  const over = before.insteadOf !== undefined && after.insteadOf === undefined;
  return [
    name,
    ...images,
    ...(tried ? [`  On trial: ${tried}.`] : []),
    ...(over ? ['  No release is on trial any more.'] : []),
  ];
}

/** Name and version; of a digest as much as tells it apart. */
const short = (reference: string): string => {
  const { name, version } = imageName(reference);
  return `${name} ${version}`;
};
