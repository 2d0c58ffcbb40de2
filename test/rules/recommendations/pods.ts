import { container, object, pod, type Violation } from './violation';

export const pods: readonly Violation[] = [
  pod('POD-002', 'default', (spec) => {
    spec.serviceAccountName = 'default';
  }),
  pod('POD-002', 'none', (spec) => {
    delete spec.serviceAccountName;
  }),
  pod('POD-003', 'true', (spec) => {
    spec.automountServiceAccountToken = true;
  }),
  pod('POD-003', 'left to the ServiceAccount', (spec) => {
    delete spec.automountServiceAccountToken;
  }),
  pod('POD-008', 'hostPID', (spec) => {
    spec.hostPID = true;
  }),
  pod('POD-009', 'hostIPC', (spec) => {
    spec.hostIPC = true;
  }),
  pod('POD-010', 'hostNetwork', (spec) => {
    spec.hostNetwork = true;
  }),
  container('POD-011', 'hostPort', (spec) => {
    spec.ports[0].hostPort = 8000;
  }),
  pod('POD-015', 'no profile', (spec) => {
    delete spec.securityContext.seccompProfile;
  }),
  container('POD-015', 'Unconfined', (spec) => {
    spec.securityContext.seccompProfile = { type: 'Unconfined' };
  }),
  pod('POD-016', 'said by the containers instead', (spec) => {
    for (const { securityContext } of [...spec.initContainers, ...spec.containers]) {
      Object.assign(securityContext, spec.securityContext);
    }
    delete spec.securityContext;
  }),
  pod('POD-017', 'false for the pod', (spec) => {
    spec.securityContext.runAsNonRoot = false;
  }),
  pod('POD-017', 'left to the image', (spec) => {
    delete spec.securityContext.runAsNonRoot;
  }),
  container('POD-017', 'false for a container', (spec) => {
    spec.securityContext.runAsNonRoot = false;
  }),
  ...[
    ['POD-018', 'runAsUser'],
    ['POD-019', 'runAsGroup'],
  ].flatMap(([id = '', field = '']) => [
    pod(id, '0 for the pod', (spec) => {
      spec.securityContext[field] = 0;
    }),
    container(id, '0 for a container', (spec) => {
      spec.securityContext[field] = 0;
    }),
    pod(id, 'left to the image', (spec) => {
      delete spec.securityContext[field];
    }),
  ]),
  ...['kernel.msgmax', 'kernel.pid_max', 'net.core.somaxconn'].map((name) =>
    pod('POD-021', name, (spec) => {
      spec.securityContext.sysctls = [{ name, value: '1' }];
    }),
  ),
  pod('POD-022', 'none of them', (spec) => {
    delete spec.securityContext.seccompProfile;
  }),
  pod('POD-023', 'said by the containers instead', (spec) => {
    for (const { securityContext } of [...spec.initContainers, ...spec.containers]) {
      securityContext.seccompProfile = spec.securityContext.seccompProfile;
    }
    delete spec.securityContext.seccompProfile;
  }),
  container('POD-025', 'a value', ({ env }) => env.push({ name: 'SQL_PASSWORD', value: 'correct horse' })),
  container('POD-025', 'a key of a Secret', ({ env }) =>
    env.push({ name: 'SQL', valueFrom: { secretKeyRef: { name: 'postgres-application', key: 'password' } } }),
  ),
  container('POD-025', 'a whole Secret', ({ envFrom }) =>
    envFrom.push({ secretRef: { name: 'postgres-application' } }),
  ),
  object('POD-025', 'in a CronJob', 'CronJob/backup', ({ spec }) => {
    spec.jobTemplate.spec.template.spec.containers[0].env = [{ name: 'DB_PASSWORD', value: 'correct horse' }];
  }),
];
