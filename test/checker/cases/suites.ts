import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unexcused } from '../../../checker/exceptions';
import type { Finding } from '../../../checker/problem';
import type { Rule } from '../../../checker/rule';
import type { CopedSubject } from '../../../rules/rule';
import { good } from '../fixture';
import { type Case, casesIn, type Situation } from './case';
import { changed } from './change';

/** Runs the cases in all files below a folder, each named after its rule. Every rule must have one in which it finds something. */
export function testCases(folder: string, rules: readonly Rule<CopedSubject>[]): void {
  const suites = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => ({
      path,
      id: basename(path, '.yaml'),
      ...casesIn(readFileSync(join(folder, path), 'utf8'), path),
    }));

  describe.each(suites)('$path', ({ path, id, shared, cases }) => {
    const rule = rules.find((one) => one.id === id);
    if (!rule) throw new Error(`${path} is named after no rule`);

    test.each(cases)('$title', (one) => {
      const subject = subjectOf(shared, one);
      const withRemedies = /^ /m.test(one.findings);
      const found = unexcused(rule.id, rule.find(subject), subject).map((finding) =>
        withRemedies ? `${print(finding)}  ${finding.remedy}\n` : print(finding),
      );
      expect(found.join('')).toBe(one.findings);
    });
  });

  test('every rule has a case in which it finds something', () => {
    const tested = suites
      .filter(({ cases }) => cases.some(({ findings }) => findings !== ''))
      .map(({ id }) => id);
    expect(tested.sort()).toEqual(rules.map(({ id }) => id).sort());
  });
}

function subjectOf(shared: Situation, one: Case) {
  const base = good(shared);
  const committed = one.committed === undefined ? shared.committed : one.committed;
  return {
    ...base,
    ...shared.given,
    ...one.given,
    manifests: changed(base.manifests, one),
    committed: committed ? changed(base.manifests, committed) : [],
  };
}

const print = ({ where, value, wrong }: Finding) =>
  `${where}:${value === undefined ? '' : ` ${JSON.stringify(value)}`} ${wrong}\n`;
