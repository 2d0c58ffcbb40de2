/** What a saved file needs besides being copied, and why; undefined if nothing. */
export function adviceFor(path: string): string | undefined {
  return RULES.find(([pattern]) => pattern.test(path))?.[1];
}

const UP = '`npx coped up` builds it in';

const RULES: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)requirements[^/]*\.(txt|in)$/, `packages are part of the image: ${UP}`],
  [/(^|\/)(Dockerfile|\.dockerignore)$/, `this makes the image: ${UP}`],
  [
    /(^|\/)migrations\/(?!__init__)[^/]+\.py$/,
    'the tables stay as they are, because servers may not change them: `npx coped up` builds the image and restarts web, which ' +
      'empties the database and migrates it',
  ],
  [
    /(^|\/)fixtures\//,
    `sample data is loaded when web starts, from the image: ${UP} and empties the database`,
  ],
  [/(^|\/)dist\/[^/]+\/[^/]+\.yaml$/, 'the cluster does not have it yet: `npx coped up` applies it'],
];

/** One path, or how many there are. */
export const summary = ([first, ...more]: readonly string[]): string =>
  more.length === 0 ? `${first}` : `${first} and ${more.length} more`;
