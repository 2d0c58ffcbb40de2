import { container, pod, type Violation } from './violation';

/** Each of them leads to more than its name says. */
const CAPABILITIES = [
  'AUDIT_WRITE',
  'BPF',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'PERFMON',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_BOOT',
  'SYS_CHROOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
];

const adds = (id: string, capability: string): Violation =>
  container(id, capability, ({ securityContext }) => {
    securityContext.capabilities.add = [capability];
  });

const mounts = (id: string, path: string, readOnly = false): Violation =>
  pod(id, `${path}${readOnly ? ', read-only' : ''}`, ({ volumes, containers }) => {
    volumes.push({ name: 'node', hostPath: { path } });
    containers[0].volumeMounts.push({ name: 'node', mountPath: '/node', readOnly });
  });

export const containers: readonly Violation[] = [
  pod('POD-030', 'none in any container', (spec) => {
    for (const given of [...spec.initContainers, ...spec.containers]) delete given.securityContext;
  }),
  container('POD-031', 'true', ({ securityContext }) => {
    securityContext.allowPrivilegeEscalation = true;
  }),
  container('POD-031', 'not said', ({ securityContext }) => {
    delete securityContext.allowPrivilegeEscalation;
  }),
  container('POD-032', 'privileged', ({ securityContext }) => {
    securityContext.privileged = true;
  }),
  pod('POD-032', 'before the others start', ({ initContainers }) => {
    initContainers[0].securityContext.privileged = true;
  }),
  container('POD-033', 'false', ({ securityContext }) => {
    securityContext.readOnlyRootFilesystem = false;
  }),
  container('POD-033', 'not said', ({ securityContext }) => {
    delete securityContext.readOnlyRootFilesystem;
  }),
  ...['ALL', 'SYS_ADMIN', 'NET_ADMIN'].map((capability) => adds('POD-034', capability)),
  ...CAPABILITIES.map((capability) => adds('POD-035', capability)),
  container('POD-036', 'none dropped', ({ securityContext }) => {
    delete securityContext.capabilities;
  }),
  container('POD-036', 'one dropped', ({ securityContext }) => {
    securityContext.capabilities.drop = ['NET_RAW'];
  }),
  mounts('POD-042', '/var/log'),
  mounts('POD-042', '/var/log', true),
  ...['/etc/kubernetes/azure.json', '/root/.aws/credentials', '/root/.config/gcloud'].map((path) =>
    mounts('POD-043', path, true),
  ),
  ...['/var/run/docker.sock', '/run/containerd/containerd.sock', '/run/crio'].map((path) =>
    mounts('POD-044', path, true),
  ),
  ...['subPath', 'subPathExpr'].map((field) =>
    container('POD-045', field, ({ volumeMounts }) => {
      volumeMounts[0][field] = 'password';
    }),
  ),
  container('POD-046', 'a container', ({ securityContext }) => {
    securityContext.windowsOptions = { hostProcess: true };
  }),
  pod('POD-046', 'the pod', ({ securityContext }) => {
    securityContext.windowsOptions = { hostProcess: true };
  }),
];
