import { createHash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../package.json';
import { type Check, type Checked, checks, type Found, objectAndPath } from './found';

/**
 * Results as code scanning takes them.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export function sarif(results: readonly Checked[]): object {
  const ids = [...checks.keys()];
  const seen = new Map<string, number>();
  const result = (finding: Found, anywhere: string): object => {
    const {
      check = 'settings',
      severity,
      where,
      wrong,
      remedy,
      file = anywhere,
      line = 1,
      also = [],
    } = finding;
    const { object } = objectAndPath(where);
    const what = [check, uriOf(file), where, where === '' && wrong].join('\n');
    const times = (seen.get(what) ?? 0) + 1;
    seen.set(what, times);
    // The index only where there is a rule: that of settings has no text of its own.
    const ruleIndex = ids.indexOf(check);
    return {
      ruleId: check,
      ...(ruleIndex >= 0 && { ruleIndex }),
      level: severity,
      message: { text: `${[where, wrong].filter(Boolean).join(' ')}. ${remedy}.` },
      locations: [
        {
          ...physical(file, line),
          logicalLocations: [{ name: object || file, fullyQualifiedName: where || file }],
        },
      ],
      ...(also.length > 0 && { relatedLocations: also.map((one) => physical(one.file, one.line)) }),
      // Without the line, and without the value: a finding stays the same one when others are fixed above it.
      partialFingerprints: { primaryLocationLineHash: `${hash(what)}:${times}` },
    };
  };
  const notes = results.flatMap(({ notes }) => notes);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'coped', semanticVersion: version, rules: [...checks.values()].map(descriptor) },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notes.map(({ file, line, wrong }) => ({
              level: 'note',
              message: { text: wrong },
              locations: [physical(file, line)],
            })),
          },
        ],
        results: results.flatMap(({ findings, file }) => findings.map((one) => result(one, file))),
      },
    ],
  };
}

const descriptor = ({ id, severity, what, why, remedy, link }: Check): object => ({
  id,
  shortDescription: { text: what },
  fullDescription: { text: why },
  help: {
    text: `${why}\n\nWhat to do: ${remedy}\n\n${link}`,
    markdown: `${why}\n\n**What to do:** ${remedy}\n\n[Read more](${link})`,
  },
  helpUri: link,
  defaultConfiguration: { level: severity },
});

const physical = (file: string, startLine: number): object => ({
  physicalLocation: { artifactLocation: { uri: uriOf(file) }, region: { startLine } },
});

/** Relative to the folder in which it runs, which is that of the repository when code scanning reads it. */
function uriOf(file: string): string {
  const path = relative('', file);
  if (path.startsWith('..') || isAbsolute(path)) return pathToFileURL(file).href;
  return path.split(sep).map(encodeURIComponent).join('/');
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
