import { Problems } from '../../checker/problems';
import { environments } from '../../lib/environments';
import { flows } from '../../lib/network/flows';
import { runChecks } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { manifestsOf, environments as written } from '../support';

/** What is said of all environments together, each after the same mistake. */
function said(mistake: (subject: CopedSubject) => CopedSubject): string[] {
  const problems = parseEnvironments(environments).flatMap((environment, i) => {
    const input = written[i];
    if (!input) throw new Error(`no ${environment.name}`);
    const manifests = manifestsOf(input);
    return runChecks(mistake(subjectOf(environment, manifests, [])));
  });
  return new Problems(problems).message.split('\n').filter((line) => /^ {2}\S/.test(line));
}

/** The same change to the JSON of some objects. */
const replaced = (subject: CopedSubject, kind: RegExp, from: string, to: string): CopedSubject => ({
  ...subject,
  manifests: subject.manifests.map((manifest) =>
    kind.test(manifest.kind) ? JSON.parse(JSON.stringify(manifest).replaceAll(from, to)) : manifest,
  ),
});

test('a wrong port in the flow table is a few problems, the table first', () => {
  const problems = said((subject) => ({
    ...replaced(subject, /^NetworkPolicy$/, '"port":5432', '"port":5433'),
    flows: flows.map((flow) => (flow.to === 'postgres' ? { ...flow, port: 5433 } : flow)),
  }));
  expect(problems[0]).toMatch(/^ {2}development, staging, production: lib\/network\/flows\.ts .*5433/);
  expect(problems.length).toBeLessThanOrEqual(8);
});

test('a wrong port of a container is a few problems', () => {
  const problems = said((subject) =>
    replaced(subject, /^StatefulSet$/, '"containerPort":5432', '"containerPort":5433'),
  );
  expect(problems.length).toBeLessThanOrEqual(8);
});

test.each([
  [
    'the host of a variable',
    /^ConfigMap$/,
    '"SQL_HOST":"postgres"',
    '"SQL_HOST":"posgres"',
    'data[SQL_HOST]',
  ],
  [
    'a path of a Secret',
    /./,
    '"/run/secrets/coped/sql-password"',
    '"/run/secrets/coped/sql-pasword"',
    'sql-pasword',
  ],
  ['the name of a ConfigMap', /^(Deployment|CronJob)$/, '{"name":"django"}', '{"name":"djagno"}', 'djagno'],
  ['a Service of the Ingress', /^Ingress$/, '"name":"web"', '"name":"wbe"', 'wbe'],
  ['the account of a pod', /^Deployment$/, '"serviceAccountName":"web"', '"serviceAccountName":"wbe"', 'wbe'],
  [
    'a label of a policy',
    /^NetworkPolicy$/,
    '"podSelector":{"matchLabels":{"app.kubernetes.io/component":"postgres","app.kubernetes.io/part-of":"coped"}},"policyTypes"',
    '"podSelector":{"matchLabels":{"app.kubernetes.io/component":"posgres","app.kubernetes.io/part-of":"coped"}},"policyTypes"',
    'posgres',
  ],
])('%s, misspelt, is a few problems, itself first', (_, kind, from, to, name) => {
  const problems = said((subject) => {
    expect(JSON.stringify(subject.manifests)).toContain(from);
    return replaced(subject, kind, from, to);
  });
  expect(problems.slice(0, 2).join('\n')).toContain(name);
  expect(problems.length).toBeLessThanOrEqual(8);
});
