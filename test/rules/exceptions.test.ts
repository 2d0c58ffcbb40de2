import { type Exception, stale } from '../../checker/exceptions';
import { immutable } from '../../checker/rules/data/immutable';
import { environments } from '../../lib/environments';
import type { HostedEnvironment } from '../../lib/environments/environment';
import { production } from '../../lib/environments/production';
import { runChecks } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import { exceptions } from '../../rules/exceptions';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { found, good } from '../checker/fixture';
import { find, manifestsOf } from '../support';

const WEB = 'Deployment/web spec.template.spec.containers[web]';
const withoutProbe = () => good({ remove: [`${WEB}.readinessProbe`, `${WEB}.livenessProbe`] });
const excused: Exception = {
  rule: 'probes',
  object: 'Deployment/web',
  path: 'spec.template.spec.containers[web].readinessProbe',
  reason: 'It is always ready.',
};

test('an exception covers one rule at one place of one object', () => {
  const before = runChecks(withoutProbe());
  const after = runChecks({ ...withoutProbe(), exceptions: [...exceptions, excused] });

  expect(before.map(({ where }) => where)).toEqual([`${WEB}.readinessProbe`, `${WEB}.livenessProbe`]);
  expect(after.map(({ where }) => where)).toEqual([`${WEB}.livenessProbe`]);
});

test('an exception that nothing needs any more is a finding', () => {
  expect(runChecks({ ...good(), exceptions: [...exceptions, excused] })).toEqual([
    {
      environment: 'test',
      check: 'exceptions',
      where: `${WEB}.readinessProbe`,
      value: 'probes',
      wrong: 'is a rule that has an exception here, but finds nothing',
      remedy:
        'Remove the exception from rules/exceptions.ts, or restore what it was about: It is always ready',
    },
  ]);
});

test('a liveness probe of Elasticsearch makes its exception stale, which says why there was none', () => {
  const node = 'StatefulSet/elasticsearch spec.template.spec.containers[elasticsearch]';
  const subject = good({ set: { [`${node}.livenessProbe`]: { tcpSocket: { port: 9200 } } } });
  expect(runChecks(subject).map(({ remedy }) => remedy)).toEqual([
    expect.stringContaining('Elastic gives it none'),
  ]);
});

test('a rule that is skipped leaves its exceptions alone', () => {
  const { flows, ...rest } = good();
  const exception: Exception = { ...excused, rule: 'reachability' };
  expect(runChecks({ ...rest, exceptions: [...exceptions, exception] })).toEqual([]);
});

test('every exception has a reason, and is needed in some environment', () => {
  for (const { reason } of exceptions) expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  expect(() => synthesize(environments)).not.toThrow();
});

describe('Elasticsearch without HTTPS', () => {
  const plain = 'Its client trusts other authorities alone.';
  const elasticsearch = {
    ...production.elasticsearch,
    nodes: 1,
    storage: '10Gi',
    clients: { plain },
  } as const;
  const input: HostedEnvironment = { ...production, elasticsearch };
  const manifests = manifestsOf(input);

  test('is excused by its reason, at one place', () => {
    const [environment] = parseEnvironments([input]);
    if (!environment) throw new Error('no environment');
    const subject = subjectOf(environment, manifests, []);
    const without = subject.exceptions?.filter(({ reason }) => reason !== plain);
    expect(runChecks({ ...subject, exceptions: without }).map(({ check, where }) => [check, where])).toEqual([
      ['unguarded', 'ConfigMap/elasticsearch data[elasticsearch.yml]'],
    ]);
    expect(runChecks(subject)).toEqual([]);
    // In the same file, it excuses nothing else.
    const open = JSON.stringify(manifests).replace('security.enabled: true', 'security.enabled: false');
    const worse = runChecks(subjectOf(environment, JSON.parse(open), []));
    expect(worse.filter(({ check }) => check === 'unguarded').map(({ value }) => value)).toEqual([
      'xpack.security.enabled=false',
    ]);
  });

  test('still encrypts between its nodes, and no one looks for an authority', () => {
    const text = find(manifests, 'ConfigMap', 'elasticsearch').data?.['elasticsearch.yml'];
    expect(text).toContain('xpack.security.transport.ssl.enabled: true');
    expect(text).toContain('xpack.security.http.ssl.enabled: false');
    const others = JSON.stringify(manifests.filter(({ metadata }) => metadata.name !== 'elasticsearch'));
    expect(others).toContain('http://elasticsearch:9200');
    expect(others).not.toMatch(/https:..elasticsearch|"CA_FILE"|"elasticsearch-ca\.crt"/);
  });
});

describe('a change since the last release', () => {
  const exception: Exception = {
    rule: 'immutable',
    object: 'PersistentVolumeClaim/backup',
    path: 'spec.storageClassName',
    to: 'fast',
    reason: 'The dumps were moved to a faster disk by hand.',
  };
  const moved = (storageClassName: string) => ({
    ...good({ set: { 'PersistentVolumeClaim/backup spec.storageClassName': storageClassName } }),
    committed: good().manifests,
    exceptions: [exception],
  });

  test('is excused for its own value, and no other', () => {
    expect(found(immutable, moved('fast'))).toEqual([]);
    expect(found(immutable, moved('slow')).map(([, value]) => value)).toEqual(['slow']);
  });

  test('needs no exception after the release, but may keep it', () => {
    const released = { ...moved('fast'), committed: moved('fast').manifests };
    expect(stale(new Map([['immutable', immutable.find(released)]]), released)).toEqual([]);
  });
});
