import type { Json } from '../../../../checker/manifests/manifest';
import { secretFiles } from '../../../../checker/rules/security/secret-files';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

function after(name: string, change: (object: Json) => void) {
  const manifests = structuredClone(production);
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return found(secretFiles, { ...good(), manifests }).map(([where, , wrong]) => [
    where.replace(/^.*\[(\w+)\].*\[/, '$1 ['),
    wrong,
  ]);
}
const sources = ({ spec }: Json): Json =>
  spec.template.spec.volumes.find(({ name }: Json) => name === 'secrets').projected.sources;

test('finds nothing in what is written', () => {
  expect(after('Deployment/web', () => {})).toEqual([]);
});

test('finds a file of another secret', () => {
  const findings = after('ConfigMap/django', ({ data }) => {
    data.SECRET_KEY_FILE = data.SQL_PASSWORD_FILE;
  });
  expect(findings).toContainEqual([
    'web [SECRET_KEY_FILE]',
    'is key password of Secret postgres-application, and not key secret-key of Secret django',
  ]);
});

test('finds the secret of another role behind the same file', () => {
  const findings = after('Deployment/web', (web) => {
    sources(web)[1].secret.name = 'postgres-superuser';
  });
  expect(findings).toContainEqual([
    'web [SQL_PASSWORD_FILE]',
    'is key password of Secret postgres-superuser, and not key password of Secret postgres-application',
  ]);
});

test('finds a file that may not be there', () => {
  const findings = after('Deployment/web', (web) => {
    sources(web)[0].secret.optional = true;
  });
  expect(findings).toContainEqual(['web [SECRET_KEY_FILE]', 'may not be there, and the program needs it']);
});
