import { summary } from '../../checker/causes';
import type { Problem } from '../../checker/problem';
import { Problems } from '../../checker/problems';

const problem = (environment: string, where: string, more: Partial<Problem> = {}): Problem => ({
  environment,
  where,
  value: 5433,
  wrong: 'is not a port',
  remedy: 'Use 5432',
  check: 'ports',
  ...more,
});

test('one cause at several places, in several environments, is one problem', () => {
  const places = [...'abcdefg'].map((name) => `NetworkPolicy/${name}`);
  const source = 'lib/network/flows.ts';
  const problems = ['development', 'staging'].flatMap((name) =>
    places.map((place) => problem(name, place, { source })),
  );
  expect(new Problems(problems).message).toBe(`1 problem; nothing was written.

  development, staging: NetworkPolicy/a: 5433 is not a port.
    Also: NetworkPolicy/b, NetworkPolicy/c, NetworkPolicy/d, NetworkPolicy/e, NetworkPolicy/f, 1 more.
    Use 5432.
    File: lib/network/flows.ts
    Why: docs/checks.md#ports
`);
});

test('another rule, another value or another mistake is another problem', () => {
  const others = [{}, { value: 1 }, { wrong: 'is taken' }, { check: 'selectors' }];
  expect(summary(others.map((more) => problem('staging', 'Service/web', more))).count).toBe(others.length);
});

test('what there is to choose from may differ', () => {
  const problems = ['Use 1', 'Use 2'].map((remedy) => problem('staging', 'Service/web', { remedy }));
  expect(summary(problems).count).toBe(1);
});

test('settings differ by their keys', () => {
  const missing = { check: undefined, value: undefined, wrong: 'is missing' };
  const problems = [problem('staging', 'web.replicas', missing), problem('staging', 'api.replicas', missing)];
  expect(summary(problems).count).toBe(2);
  expect(summary([...problems, ...problems]).count).toBe(2);
});

test('names every file that has to be changed, unless the message has it already', () => {
  const files = ['web.ts', 'api.ts'].map((source) => problem('staging', `Deployment/${source}`, { source }));
  expect(summary(files).texts.join()).toContain('File: web.ts, api.ts');
  const named = problem('staging', 'lib/network/flows.ts web -> api', { source: 'lib/network/flows.ts' });
  expect(summary([named]).texts.join()).not.toContain('File:');
});

test('shows twenty at most, and counts the rest', () => {
  const { count, texts } = summary(
    Array.from({ length: 23 }, (_, value) => problem('staging', 'x', { value })),
  );
  expect(count).toBe(23);
  expect(texts).toHaveLength(21);
  expect(texts[20]).toBe('  … and 3 more: fix these first, they may be the cause.');
});

const circular: Record<string, unknown> = { name: 'x' };
circular['self'] = circular;

test.each([
  [Number.NaN, 'NaN is'],
  [Number.NEGATIVE_INFINITY, '-Infinity is'],
  [3n, '3n is'],
  [Symbol('x'), 'Symbol(x) is'],
  [() => 3, '[Function'],
  [new Map([['min', 2]]), "Map(1) { 'min' => 2 } is"],
  [new Date(0), '1970-01-01T00:00:00.000Z is'],
  [{ min: Number.NaN, max: 3 }, '{"min":"NaN","max":3} is'],
  [circular, '{"name":"x","self":{"name":"x"'],
])('a value that YAML cannot hold is shown as it is: %p', (value, text) => {
  const error = new Problems([problem('staging', 'web.replicas', { value, check: undefined })]);
  expect(error.message).toContain(`staging: web.replicas: ${text}`);
});
