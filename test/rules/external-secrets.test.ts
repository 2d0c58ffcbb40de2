import { fieldOf, isObject } from '../../checker/manifests/workloads';
import { environments } from '../../lib/environments';
import { parseEnvironments } from '../../rules/environments';
import { externalSecrets } from '../../rules/external-secrets';
import type { Manifest } from '../manifest';
import { change, manifestsOf, named } from '../support';

const hosted = environments.filter(({ kind }) => kind === 'hosted');
const withoutCertManager = hosted.map((environment) => ({
  ...(change(environment, 'certificates', { source: 'existing' }) as typeof environment),
}));
const expectedBy = (environment: (typeof environments)[number], manifests: readonly Manifest[]) =>
  parseEnvironments([environment]).flatMap((parsed) => externalSecrets(parsed, manifests));

/**
 * `secret key` for each place where an object mentions a Secret, found by the names of fields alone: it must not be
 * the same code that the checks use.
 */
function mentioned(value: unknown, field = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => mentioned(entry, field));
  if (!isObject(value)) return [];
  const inner = Object.entries(value).flatMap(([name, child]) => mentioned(child, name));
  const secret =
    value.secretName ?? (/^(secret|secretRef|secretKeyRef)$/.test(field) ? value.name : undefined);
  if (secret === undefined) return inner;
  // What exists only during a rotation need not be provided.
  if (value.optional) return inner;
  const keys = Array.isArray(value.items)
    ? value.items.map((item) => fieldOf(item, 'key'))
    : [value.key ?? '*'];
  return [...inner, ...keys.map((key) => `${secret} ${key}`)];
}

test.each([
  ...hosted.map((environment) => [environment.name, environment] as const),
  ...withoutCertManager.map(
    (environment) => [`${environment.name} without cert-manager`, environment] as const,
  ),
])('%s expects exactly the Secrets that its objects refer to and that are not made by others', (_, environment) => {
  const manifests = manifestsOf(environment);
  const made = manifests.flatMap(({ kind, metadata, spec }) =>
    kind === 'Certificate' ? [spec.secretName] : kind === 'Secret' ? [metadata.name] : [],
  );
  const references = new Set(manifests.flatMap((manifest) => mentioned(manifest)));
  const needed = [...references].filter((reference) => !made.includes(reference.split(' ')[0]));
  const expected = expectedBy(environment, manifests);

  const listed = expected.flatMap(({ secret, key }) => [`${secret} ${key}`, `${secret} *`]);
  expect(needed.filter((reference) => !listed.includes(reference))).toEqual([]);
  const unneeded = expected.filter(
    ({ secret, key }) => !needed.includes(`${secret} ${key}`) && !needed.includes(`${secret} *`),
  );
  expect(unneeded).toEqual([]);
  expect(expected.length).toBeGreaterThan(7);
});

test('development expects none: its Secrets are fake and in dist', () => {
  const development = named('development');
  expect(expectedBy(development, manifestsOf(development))).toEqual([]);
});

test('says who reads a Secret, what it is for and how it is made', () => {
  const production = named('production');
  expect(expectedBy(production, manifestsOf(production))).toContainEqual({
    secret: 'postgres-owner',
    key: 'password',
    type: 'Opaque',
    purpose: 'Owns the tables: migrations.',
    usedBy: ['migrate', 'postgres-bootstrap'],
  });
});

test('knows the keys of certificates that are renewed by hand, each with its readers', () => {
  const [environment] = withoutCertManager;
  if (!environment) throw new Error('no hosted environment');
  const expected = expectedBy(environment, manifestsOf(environment));
  const readers = expected
    .filter(({ secret }) => secret.endsWith('-tls'))
    .map(({ secret, key, type, usedBy }) => [secret, key, type, ...usedBy]);
  expect(readers).toMatchSnapshot();
});

test('every purpose is a sentence', () => {
  for (const environment of withoutCertManager) {
    for (const { purpose } of expectedBy(environment, [])) expect(purpose).toMatch(/^[A-Z].+\.$/);
  }
});
