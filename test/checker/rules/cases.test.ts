import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unexcused } from '../../../checker/exceptions';
import type { Finding } from '../../../checker/problem';
import { rules } from '../../../checker/rules';
import { type Case, casesIn, type Situation } from '../cases/case';
import { changed } from '../cases/change';
import { good } from '../fixture';

// The tests of the rules, as data: <subject>/<rule>.yaml has the cases of one rule. Each changes one thing in the small
// environment (test/checker/small-environment), which breaks no rule, and says what the rule then finds.
//
//   cases:
//     - finds: more replicas than the quota allows       # or `accepts:`, which has no findings
//       set:                                             # paths are those of findings; [name] or [number] in a list
//         Deployment/web spec.replicas: 20
//         Deployment/web spec.template.spec.containers[web].image: web:1
//       append: { Service/web spec.ports: [{ port: 81 }] }
//       remove: [Deployment/web spec.strategy]
//       add: [{ apiVersion: v1, kind: Service, metadata: { name: other } }]
//       without: [Service/postgres]
//       given: { own: null, fakeSecrets: true }          # what the objects do not say; null: not known
//       committed: {}                                    # the last commit: the small environment, or a change to it
//       findings: |                                      # every one, in order: where, value as JSON, what is wrong
//         Deployment/web spec.replicas: 20 is too many
//           Use 3                                        # an indented line is the remedy; optional for the whole case
//     - finds: the tag $tag                              # a table: one test for each row, $column is its value
//       each: [{ tag: latest, wrong: moves }, { tag: main, wrong: moves }]   # or, of one column: { tag: [latest, main] }
//
// What all cases of a file have in common is beside `cases`. `npx jest test/checker/rules -t mounts` runs the cases of one rule.

const suites = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml'))
  .map((path) => ({
    path,
    id: basename(path, '.yaml'),
    ...casesIn(readFileSync(join(__dirname, path), 'utf8'), path),
  }));

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
