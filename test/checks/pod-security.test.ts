import { podSecurity } from '../../lib/checks/pod-security';
import { broken, found, MAIN, main } from './fixture';

const POD = 'Deployment/web spec.template.spec';

test.each(['hostNetwork', 'hostPID', 'hostIPC'])('refuses %s', (field) => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec[field] = true;
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${POD}.${field}`, true, 'shares a namespace of the node with the pod'],
  ]);
});

test.each([
  ['fsGroup', 0, 'gives the volumes to the group of root'],
  ['sysctls', [{ name: 'vm.max_map_count', value: '262144' }], 'changes kernel settings'],
])('refuses %s %j of a pod', (field, value, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.securityContext[field] = value;
  });
  expect(found(podSecurity, subject)).toEqual([[`${POD}.securityContext.${field}`, value, wrong]]);
});

test.each([
  ['privileged', true, 'makes the container root of the node'],
  ['allowPrivilegeEscalation', undefined, 'lets a process gain rights that its parent did not have'],
  ['allowPrivilegeEscalation', true, 'lets a process gain rights that its parent did not have'],
  ['readOnlyRootFilesystem', false, 'lets an intruder change the program'],
  ['procMount', 'Unmasked', 'shows the container more of /proc than others see'],
  ['runAsNonRoot', false, 'lets the container run as root'],
  ['runAsUser', 0, 'is not the number of an unprivileged user'],
  ['runAsUser', 'django', 'is not the number of an unprivileged user'],
  ['runAsGroup', 0, 'is not the number of an unprivileged group'],
])('refuses %s %j of a container', (field, value, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext[field] = value;
  });
  expect(found(podSecurity, subject)).toEqual([[`${MAIN}.securityContext.${field}`, value, wrong]]);
});

test.each([
  ['drop', ['NET_RAW'], 'keeps capabilities of root'],
  ['drop', undefined, 'keeps capabilities of root'],
  ['add', ['NET_BIND_SERVICE'], 'gives capabilities of root back'],
])('refuses to %s capabilities %j', (field, value, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext.capabilities[field] = value;
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${MAIN}.securityContext.capabilities.${field}`, value, wrong],
  ]);
});

test.each([
  'runAsNonRoot',
  'runAsUser',
  'runAsGroup',
  'seccompProfile',
])('misses %s in each container when the pod leaves it out', (field) => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.securityContext[field];
  });
  const path = field === 'seccompProfile' ? 'seccompProfile.type' : field;
  expect(found(podSecurity, subject).map(([where]) => where)).toEqual([
    `${POD}.initContainers[wait].securityContext.${path}`,
    `${MAIN}.securityContext.${path}`,
  ]);
});

test('refuses seccomp Unconfined', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext.seccompProfile = { type: 'Unconfined' };
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${MAIN}.securityContext.seccompProfile.type`, 'Unconfined', 'allows every system call'],
  ]);
});

test('refuses ports of the node', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).ports[0].hostPort = 8000;
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${MAIN}.ports[main].hostPort`, 8000, 'opens a port of the node'],
  ]);
});

test('refuses directories of the node', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.volumes.push({ name: 'socket', hostPath: { path: '/run/containerd' } });
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${POD}.volumes[socket]`, 'hostPath', 'is a type of volume that a restricted pod may not have'],
  ]);
});

test('looks into Jobs and CronJobs', () => {
  for (const name of ['Job/postgres-bootstrap', 'CronJob/backup']) {
    const subject = broken(name, (job) => {
      main(job).securityContext.privileged = true;
    });
    expect(found(podSecurity, subject)).toHaveLength(1);
  }
});
