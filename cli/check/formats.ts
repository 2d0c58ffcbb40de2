import { type Checked, checks, objectAndPath } from './found';
import { sarif } from './sarif';

/** How results are written. */
export type Format = 'text' | 'json' | 'sarif';

export const formats: Readonly<Record<Format, (results: readonly Checked[]) => string>> = {
  text: (results) => results.map(({ text }) => text).join('\n'),
  json: (results) => written(json(results)),
  sarif: (results) => written(sarif(results)),
};

/** Without what would move a cursor: names and values are foreign. */
const written = (value: object): string =>
  JSON.stringify(value, undefined, 2).replace(/[\p{Cf}\x7f-\x9f\u2028\u2029]/gu, (signs) =>
    signs
      .split('')
      .map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** What docs/checks.md promises to scripts. */
const json = (results: readonly Checked[]) => ({
  version: 1,
  targets: results.flatMap(({ targets }) => targets),
  findings: results
    .flatMap(({ findings }) => findings)
    .map(({ environment, check, severity, where, value, wrong, remedy, file, line, also }) => ({
      target: environment,
      rule: check ?? 'settings',
      severity,
      ...objectAndPath(where),
      value,
      message: wrong,
      remedy,
      file,
      line,
      also,
      link: checks.get(check ?? '')?.link,
    })),
  notes: results
    .flatMap(({ notes }) => notes)
    .map(({ file, line, wrong }) => ({ file, line, message: wrong })),
});
