import { environments } from '../../../lib/environments';
import { rules } from '../../../rules';
import { recommendations } from '../../../rules/recommendations';
import type { CopedSubject } from '../../../rules/rule';
import { broken, found, good, main } from '../../checker/fixture';
import { manifestsOf } from '../../support';
import { containers } from './containers';
import { network } from './network';
import { operation } from './operation';
import { permissions } from './permissions';
import { pods } from './pods';

const violations = [...network, ...pods, ...containers, ...permissions, ...operation];

const numbered = (family: string, numbers: string): string[] =>
  numbers.split(' ').map((number) => `${family}-${number}`);

/** As the benchmark has them. */
const ALL = [
  ...numbered('CM', '001'),
  ...numbered('NP', '001 002 003 004 005'),
  ...numbered('NS', '001 002'),
  ...numbered('POD', '002 003 008 009 010 011 014 015 016 017 018 019 021 022 023 025'),
  ...numbered('POD', '030 031 032 033 034 035 036 042 043 044 045 046'),
  ...numbered('PSA', '001 002 003'),
  ...numbered('RBAC', '001 002 003 004 005 006 007 008 009 010 012 013 014 015 016 017'),
  ...numbered('RBAC', '020 021 022 023 024 025 026 027'),
  ...numbered('REL', '001 002 003 004'),
  ...numbered('RES', '001 002 003 004 005 006 007 008 009'),
  ...numbered('SC', '001 002'),
  ...numbered('WL', '001'),
];

const NO_SCANNER = [
  ...numbered('NP', '002 003 004'),
  ...numbered('POD', '023'),
  ...numbered('PSA', '001 002 003'),
  ...numbered('RBAC', '004 012 014 016 017 020 026'),
  ...numbered('RES', '006 008'),
];

test('answers each of the 79 recommendations once', () => {
  expect(ALL).toHaveLength(79);
  expect(recommendations.map(({ id }) => id).sort()).toEqual([...ALL].sort());
});

test('marks the sixteen that no scanner finds', () => {
  expect(NO_SCANNER).toHaveLength(16);
  const marked = recommendations.filter(({ noScanner }) => noScanner).map(({ id }) => id);
  expect(marked.sort()).toEqual([...NO_SCANNER].sort());
});

test.each(recommendations)('$id is answered in sentences', ({ wants, answer }) => {
  const texts = Object.values(answer).filter((text) => typeof text === 'string' && text.includes(' '));
  for (const text of [wants, ...texts]) expect(text).toMatch(/^[A-Z].+\.$/);
});

const checked = recommendations.flatMap(({ id, answer }) =>
  'checks' in answer ? [{ id, checks: answer.checks }] : [],
);
const findings = (rule: string, subject: CopedSubject) =>
  rules.filter(({ id }) => id === rule).flatMap((check) => found(check, subject));

test.each(violations)('finds %s: %s', (id, _, subject) => {
  const checks = checked.find((candidate) => candidate.id === id)?.checks ?? [];
  expect(checks.flatMap((rule) => findings(rule, good()))).toEqual([]);
  expect(checks.flatMap((rule) => findings(rule, subject()))).not.toEqual([]);
});

test.each(checked)('$id is broken here in a way that each of its rules finds', ({ id, checks }) => {
  const unfollowed = violations.filter(([of]) => of === id).map(([, , subject]) => subject());
  for (const rule of checks) expect(unfollowed.flatMap((subject) => findings(rule, subject))).not.toEqual([]);
});

test('SC-001 cannot apply: an image that can be replaced is refused', () => {
  const moving = broken('Deployment/web', (web) => {
    main(web).image = 'docker.io/coped/web:1';
  });
  expect(findings('images', moving)).toHaveLength(1);
});

test('no environment has a role or a binding, as the page says', () => {
  const kinds = environments.flatMap(manifestsOf).map(({ kind }) => kind);
  expect(kinds.filter((kind) => /^(Cluster)?Role(Binding)?$/.test(kind))).toEqual([]);
});
