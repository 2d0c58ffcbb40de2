import { describe as text } from '../../../checker/causes';
import { withoutSecrets } from '../../../checker/problem';
import { Problems } from '../../../checker/problems';
import { withheld, withheldText } from '../../../checker/secrets/withhold';
import { yamlOf } from '../../yaml';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const URL = 'postgres://coped:hunter2@postgres/coped';

const { hidden, shown, places, names, objects } = yamlOf<{
  readonly hidden: Readonly<Record<string, string>>;
  readonly shown: readonly string[];
  readonly places: readonly string[];
  readonly names: readonly string[];
  readonly objects: readonly string[];
}>(__dirname, 'withhold.yaml');

test.each(Object.entries(hidden))('%s is not shown, wherever it was given', (_, value) => {
  expect(withheld(value, 'host')).toBe(`[secret, ${value.length} characters]`);
});

test('the same is not shown in Base64, nor URL-encoded', () => {
  for (const value of [base64(URL), encodeURIComponent(URL)]) {
    expect(withheld(value, 'host')).toBe(`[secret, ${value.length} characters]`);
  }
});

test.each(shown)('%s is shown', (value) => {
  expect(withheld(value, 'host')).toBe(value);
});

test.each(places)('nothing is shown of %s', (where) => {
  expect(withheld('hunter2', where)).toBe('[secret, 7 characters]');
  expect(withheld(1234, where)).toBe('[secret, 4 characters]');
});

test.each(names)('the names of Secrets and of their keys are shown: %s', (where) => {
  expect(withheld('postgres-owner', where)).toBe('postgres-owner');
});

test('objects and lists are shown without the secrets in them', () => {
  expect(withheld({ user: 'coped', password: 'hunter2', urls: [URL, 'x'] }, 'postgres')).toEqual({
    user: 'coped',
    password: '[secret, 7 characters]',
    urls: ['[secret, 39 characters]', 'x'],
  });
  expect(withheld({ a: { b: 'hunter2' }, n: 2 }, 'secrets')).toEqual({
    a: { b: '[secret, 7 characters]' },
    n: '[secret, 1 characters]',
  });
  expect(withheld({ min: 4, max: 2, on: true }, 'web.replicas')).toEqual({ min: 4, max: 2, on: true });
});

test.each(objects)('the name of an object is no secret: %s', (name) => {
  expect(withheldText(`${name} spec.template: is wrong`)).toBe(`${name} spec.template: is wrong`);
});

test('texts keep their other words', () => {
  expect(withheldText(`Deployment/web metadata.annotations[${URL}] is long`)).toBe(
    'Deployment/web metadata.annotations[[secret, 39 characters]] is long',
  );
  const token = base64('coped:hunter2');
  expect(withheldText(`wants Basic ${token}`)).not.toContain(token);
});

describe('a problem', () => {
  const problem = {
    environment: `ghp_${'a1B2'.repeat(9)}`,
    where: `ingress.annotations.${URL}`,
    value: URL,
    wrong: `is not ${URL}`,
    remedy: `Write something else than ${URL}`,
  };

  test('shows no secret, in no field, as text or as an object', () => {
    const problems = new Problems([problem]);
    for (const text of [String(problems), JSON.stringify(problems.problems), problems.stack]) {
      expect(text).not.toMatch(/hunter2|ghp_/);
    }
  });

  test('shows the length, without quotes: it is no value', () => {
    expect(
      text(withoutSecrets({ ...problem, environment: 'production', where: 'host', wrong: 'is bad' })),
    ).toMatch(/^ {2}production: host: \[secret, 39 characters\] is bad\./);
  });
});
