import type { Json } from '../../../../checker/manifests/manifest';
import { containers, workloads } from '../../../../checker/manifests/workloads';
import { componentOf } from '../../../../checker/reachability/matrix';
import { software } from '../../../../checker/rules/software/software';
import { softwareNeeds } from '../../../../checker/rules/software/software-needs';
import { environments } from '../../../../lib/environments';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const production = manifestsOf(named('production'));

/** What the rule finds in production after a change to one object. */
function after(name: string, change: (object: Json) => void) {
  const manifests = structuredClone(production);
  change(manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return found(software, { ...good(), software: softwareNeeds, manifests });
}

test('every container has what it needs', () => {
  expect(after('Deployment/web', () => {})).toEqual([]);
});

test('a setting that its ConfigMap does not have any more', () => {
  const findings = after('ConfigMap/django', ({ data }) => {
    delete data.SQL_HOST;
  });
  expect(findings).toContainEqual([
    'Deployment/web spec.template.spec.containers[web].env[SQL_HOST]',
    undefined,
    'is missing, and the program needs it',
  ]);
});

test.each([
  ['/var/lib/postgresql/data', 'is not on a volume that outlives the pod'],
  ['/tmp', 'cannot be written to'],
  ['/run/secrets/coped', 'has not the files that the program reads'],
])('a mount of %s at another path', (directory, wrong) => {
  const findings = after('StatefulSet/postgres', ({ spec }) => {
    const { volumeMounts } = spec.template.spec.containers[0];
    volumeMounts.find(({ mountPath }: Json) => mountPath === directory).mountPath = '/elsewhere';
  });
  expect(findings).toEqual([
    ['StatefulSet/postgres spec.template.spec.containers[postgres].volumeMounts', directory, wrong],
  ]);
});

test('a port on which the program listens', () => {
  const findings = after('StatefulSet/elasticsearch', ({ spec }) => {
    spec.template.spec.containers[0].ports[2].containerPort = 8081;
  });
  expect(findings.map(([, value, wrong]) => [value, wrong])).toEqual([
    [8080, 'is where the program listens, and is not declared'],
  ]);
});

test('a directory for data on a volume that is gone with the pod', () => {
  const findings = after('CronJob/backup', ({ spec }) => {
    const { volumes } = spec.jobTemplate.spec.template.spec;
    const i = volumes.findIndex(({ persistentVolumeClaim }: Json) => persistentVolumeClaim);
    volumes[i] = { name: volumes[i].name, emptyDir: {} };
  });
  expect(findings.map(([, value, wrong]) => [value, wrong])).toEqual([
    ['/backup', 'is not on a volume that outlives the pod'],
  ]);
});

test.each([
  ['StatefulSet/postgres', '/var/lib/postgresql/data'],
  ['CronJob/backup', '/backup'],
  ['Deployment/web', '/tmp'],
])('what %s writes to, mounted to be read: %s', (name, directory) => {
  const findings = after(name, ({ kind, spec }) => {
    const { template } = kind === 'CronJob' ? spec.jobTemplate.spec : spec;
    const [{ volumeMounts }] = template.spec.containers;
    volumeMounts.find(({ mountPath }: Json) => mountPath === directory).readOnly = true;
  });
  expect(findings.map(([, value, wrong]) => [value, wrong])).toEqual([[directory, 'cannot be written to']]);
});

test('the needs of every container are known, and of no other', () => {
  const emitted = environments
    .flatMap(manifestsOf)
    .flatMap((manifest) => workloads([manifest]))
    .flatMap((workload) => containers(workload).map(({ spec }) => `${componentOf(workload)} ${spec.name}`));
  const known = Object.entries(softwareNeeds).flatMap(([component, list]) =>
    Object.keys(list).map((container) => `${component} ${container}`),
  );
  expect(new Set(known)).toEqual(new Set(emitted));
});

test('the certificate of Elasticsearch, where there is one', () => {
  const findings = after('ConfigMap/django', ({ data }) => {
    delete data.ELASTIC_CA_FILE;
  });
  expect(findings.map(([where]) => where)).toContain(
    'CronJob/migrate spec.jobTemplate.spec.template.spec.containers[migrate].env[ELASTIC_CA_FILE]',
  );
});

test('where the value before is, if secrets may change', () => {
  const findings = after('ConfigMap/django', ({ data }) => {
    delete data.SQL_PASSWORD_PREVIOUS_FILE;
  });
  expect(findings.map(([where]) => where)).toContain(
    'Deployment/api spec.template.spec.containers[api].env[SQL_PASSWORD_PREVIOUS_FILE]',
  );
});

test('the copy of the code, where there is one', () => {
  const manifests = structuredClone(manifestsOf(named('development')));
  const web = manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === 'Deployment/web');
  const [container] = web?.spec.template.spec.containers ?? [];
  container.volumeMounts = container.volumeMounts.filter(({ mountPath }: Json) => mountPath !== '/app');
  expect(found(software, { ...good(), software: softwareNeeds, manifests })).toEqual([
    ['Deployment/web spec.template.spec.containers[web].volumeMounts', '/app', 'cannot be written to'],
  ]);
});
