import { describe as text } from '../../../checker/causes';
import { Problems } from '../../../checker/problems';
import { development } from '../../../lib/environments/development';
import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import { parseEnvironments, select } from '../../../rules/environments';
import { change } from '../../support';
import { yamlOf } from '../../yaml';

/** What is wrong with environments, as it is printed; empty if nothing is. */
function problemsOf(...inputs: unknown[]): string[] {
  try {
    parseEnvironments(inputs);
  } catch (error) {
    if (error instanceof Problems) return error.problems.map((problem) => text(problem).trim());
    throw error;
  }
  return [];
}

test('the three environments are fine', () => {
  expect(problemsOf(development, staging, production)).toEqual([]);
});

type Refused = [environment: 'development' | 'staging' | 'production', key: string, value: unknown];
const refused: readonly Refused[] = [
  ...yamlOf<Refused[]>(__dirname, 'refused.yaml'),
  ['production', 'ingress.annotations', { a: 'word '.repeat(52429) }],
];

test('what is refused, with its place, its value and what to do', () => {
  const written = { development, staging, production };
  const found = refused.map(([name, key, value]) =>
    problemsOf(change(written[name], key, value ?? undefined)),
  );
  expect(found.filter(({ length }) => length !== 1)).toEqual([]);
  expect(`\n${found.flat().join('\n')}\n`).toMatchSnapshot();
});

test('several dashboards are fine when either place keeps a browser with its pod', () => {
  const byIngress = change(change(production, 'dashboards.serviceAnnotations', {}), 'ingress', {
    annotations: { 'haproxy.org/cookie-persistence': 'dashboards' },
  });
  expect(problemsOf(byIngress)).toEqual([]);
});

test('every problem of every environment is reported at once', () => {
  const broken = change(change(production, 'web.replicas', 0), 'colour', 'red');
  const places = [/^staging: host/, /^production: web.replicas/, /^production: colour/];
  expect(problemsOf(change(staging, 'host', 'x y'), broken)).toEqual(places.map(expect.stringMatching));
});

test('refuses one host, and one port of a node, in two environments', () => {
  expect(problemsOf(production, { ...production, name: 'second' })).toEqual([
    expect.stringMatching(/^second: host: .* is the host of production/),
  ]);
  expect(problemsOf(development, { ...development, name: 'second' })).toEqual([
    expect.stringMatching(/^second: web.nodePort.port: .* is the port of web.nodePort of development/),
  ]);
});

test('refuses two environments of one name, and one without a name', () => {
  expect(problemsOf(staging, staging)).toEqual([
    expect.stringContaining('name: "staging" is the name of two environments'),
  ]);
  expect(problemsOf({})[0]).toMatch(/^an environment without a name: /);
});

test('select gives everything, or what is named; a name that is not known is refused', () => {
  const all = [{ name: 'staging' }, { name: 'production' }];
  expect(select(all, [])).toEqual(all);
  expect(select(all, ['production'])).toEqual([{ name: 'production' }]);
  expect(() => select(all, ['prod'])).toThrow(
    /"prod" is not an environment[\s\S]*Choose from staging, production/,
  );
});
