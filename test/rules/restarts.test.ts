import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../../checker/manifests/manifest';
import { restarts } from '../../rules/restarts';
import type { Change } from '../checker/cases/change';
import { found, good } from '../checker/fixture';
import { release } from '../checker/release';
import { documentsOf } from '../yaml';

const findings = (manifests: readonly Manifest[]) => found(restarts, { ...good(), manifests });

/** What the rule finds in production after a change to some objects. */
const after = (change: Change) => findings(release('production', {}, change).manifests);

const WEB = 'Deployment/web spec.template.metadata.annotations[coped.org/config]';
const wrong = 'is not the hash of the configuration that the pod uses';

const CONFIG = 'spec.template.metadata.annotations';

test('finds nothing in what is written, nor in what is read again', () => {
  expect(after({})).toEqual([]);
  const folder = join(__dirname, '..', '..', 'dist', 'production');
  expect(findings(readdirSync(folder).flatMap((file) => documentsOf<Manifest>(folder, file)))).toEqual([]);
});

test.each([undefined, 'b0fac3c7f1'])('finds a pod that carries %s', (value) => {
  const annotations = value ? { 'coped.org/config': value } : {};
  expect(after({ set: { [`Deployment/web ${CONFIG}`]: annotations } })).toEqual([[WEB, value, wrong]]);
});

test('finds configuration that changed without its pods', () => {
  const findings = after({ set: { 'ConfigMap/django data.SQL_PORT': '5433' } });
  expect(findings.map(([where]) => where.replace(/ .*$/, ''))).toEqual(
    expect.arrayContaining(['Deployment/web', 'Deployment/api', 'CronJob/migrate']),
  );
});

test('finds a hash where there is no configuration', () => {
  const set = { [`StatefulSet/postgres ${CONFIG}`]: { 'coped.org/config': 'b0fac3c7f0' } };
  expect(after({ set })).toEqual([
    [
      'StatefulSet/postgres spec.template.metadata.annotations[coped.org/config]',
      'b0fac3c7f0',
      'is the hash of a configuration, and the pod uses none',
    ],
  ]);
});
