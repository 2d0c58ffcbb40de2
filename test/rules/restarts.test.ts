import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Json } from '../../checker/manifests/manifest';
import { restarts } from '../../rules/restarts';
import { found, good } from '../checker/fixture';
import { manifestsOf, named } from '../support';

const findings = (manifests: Json[]) => found(restarts, { ...good(), manifests });

/** What the rule finds in production after a change to one object. */
function after(name: string, change: (object: Json) => void) {
  const manifests = structuredClone(manifestsOf(named('production')));
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return findings(manifests);
}

const WEB = 'Deployment/web spec.template.metadata.annotations[coped.org/config]';
const wrong = 'is not the hash of the configuration that the pod uses';

test('finds nothing in what is written, nor in what is read again', () => {
  expect(after('Deployment/web', () => {})).toEqual([]);
  const folder = join(__dirname, '..', '..', 'dist', 'production');
  const read = readdirSync(folder).flatMap((file) =>
    parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()),
  );
  expect(findings(read)).toEqual([]);
});

test.each([undefined, 'b0fac3c7f1'])('finds a pod that carries %s', (value) => {
  const findings = after('Deployment/web', ({ spec }) => {
    spec.template.metadata.annotations = { ...(value && { 'coped.org/config': value }) };
  });
  expect(findings).toEqual([[WEB, value, wrong]]);
});

test('finds configuration that changed without its pods', () => {
  const findings = after('ConfigMap/django', ({ data }) => {
    data.SQL_PORT = '5433';
  });
  expect(findings.map(([where]) => where.replace(/ .*$/, ''))).toEqual(
    expect.arrayContaining(['Deployment/web', 'Deployment/api', 'CronJob/migrate']),
  );
});

test('finds a hash where there is no configuration', () => {
  const findings = after('StatefulSet/postgres', ({ spec }) => {
    spec.template.metadata.annotations = { 'coped.org/config': 'b0fac3c7f0' };
  });
  expect(findings).toEqual([
    [
      'StatefulSet/postgres spec.template.metadata.annotations[coped.org/config]',
      'b0fac3c7f0',
      'is the hash of a configuration, and the pod uses none',
    ],
  ]);
});
