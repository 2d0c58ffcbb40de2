import { hardening, podSecurity } from '../../../checker/rules/security/hardening';
import { labels } from '../../../lib/kubernetes/labels';
import type { PodProps } from '../../../lib/kubernetes/pod';
import { deployment, job } from '../../../lib/kubernetes/workloads';
import { find, objectsOf } from '../../support';

const resources = { cpu: '100m', memory: '64Mi', memoryLimit: '128Mi' };
const least: PodProps = {
  component: 'web',
  software: 'django',
  image: 'example.org/django:1.2.3',
  user: 10001,
  containers: [{ name: 'web', image: 'example.org/django:1.2.3', resources }],
};
const objects = (changed: Partial<PodProps> = {}, resilient = false) =>
  objectsOf((scope) => deployment(scope, { ...least, ...changed, replicas: 1, resilient }));
const podOf = (...args: Parameters<typeof objects>) =>
  find(objects(...args), 'Deployment', 'web').spec.template.spec;

test('whatever a component forgets, its pods are hardened', () => {
  expect(podOf()).toMatchObject({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: 'web',
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  });
  expect(podOf().containers[0]).toEqual({
    name: 'web',
    image: 'example.org/django:1.2.3',
    imagePullPolicy: 'IfNotPresent',
    resources: {
      requests: { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '128Mi', 'ephemeral-storage': '256Mi' },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  });
  const subject = { manifests: objects() } as unknown as Parameters<typeof podSecurity.find>[0];
  expect([podSecurity, hardening].flatMap((rule) => rule.find(subject))).toEqual([]);
});

test('every prop of a container arrives', () => {
  const [container] = podOf({
    containers: [
      {
        name: 'web',
        image: 'example.org/django:1.2.3',
        resources,
        command: ['serve'],
        args: ['now'],
        env: { ZEBRA: 'z', APPLE: 'a' },
        envFromFields: { POD_NAME: 'metadata.name' },
        envFrom: 'django',
        ports: { http: 8000 },
        ephemeralStorage: '1Gi',
        mounts: [{ name: 'tmp', mountPath: '/tmp' }],
        startupProbe: { periodSeconds: 1 },
        readinessProbe: { periodSeconds: 2 },
        livenessProbe: { periodSeconds: 3 },
        preStop: ['sleep', '5'],
      },
    ],
  }).containers;
  expect(container).toMatchObject({
    command: ['serve'],
    args: ['now'],
    env: [
      { name: 'APPLE', value: 'a' },
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'ZEBRA', value: 'z' },
    ],
    envFrom: [{ configMapRef: { name: 'django' } }],
    ports: [{ name: 'http', containerPort: 8000 }],
    resources: { limits: { 'ephemeral-storage': '1Gi' } },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    startupProbe: { periodSeconds: 1 },
    readinessProbe: { periodSeconds: 2 },
    livenessProbe: { periodSeconds: 3 },
    lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
  });
});

test('every prop of a pod arrives', () => {
  const pod = podOf({
    gracePeriod: 77,
    spread: { machines: 3 },
    volumes: [{ name: 'tmp', emptyDir: {} }],
    initContainers: [{ name: 'first', image: 'example.org/other:1', resources }],
  });
  expect(pod).toMatchObject({ terminationGracePeriodSeconds: 77, volumes: [{ name: 'tmp' }] });
  expect(pod.initContainers[0].securityContext.readOnlyRootFilesystem).toBe(true);
  expect(
    pod.topologySpreadConstraints.map((c: Record<string, string>) => [
      c.topologyKey,
      c.whenUnsatisfiable,
      c.minDomains,
    ]),
  ).toEqual([
    ['kubernetes.io/hostname', 'DoNotSchedule', 3],
    ['topology.kubernetes.io/zone', 'ScheduleAnyway', undefined],
  ]);
  const [batch] = objectsOf((scope) => job(scope, { ...least, annotations: { why: 'now' } })).filter(
    ({ kind }) => kind === 'Job',
  );
  expect(batch?.spec.template.spec.restartPolicy).toBe('Never');
  expect(batch?.spec.template.metadata.annotations).toEqual({ why: 'now' });
});

test('resilient: replicas apart from each other, and one at a time for maintenance', () => {
  expect(podOf({}, true).topologySpreadConstraints).toHaveLength(2);
  expect(find(objects({}, true), 'PodDisruptionBudget', 'web').spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/part-of': 'coped' } },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
  expect(podOf().topologySpreadConstraints).toBeUndefined();
});

test.each([
  ['example.org/django:1.2.3', '1.2.3'],
  [`example.org:5000/django:1.2.3@sha256:${'a'.repeat(64)}`, '1.2.3'],
  [`example.org:5000/django@sha256:${'a'.repeat(64)}`, undefined],
  [`example.org/django:${'1'.repeat(64)}`, undefined],
])('the version of %s is %s', (image, version) => {
  expect(labels({ component: 'web', software: 'django', image })['app.kubernetes.io/version']).toBe(version);
});
