import { podSecurity } from '../../../../checker/rules/security/pod-security';
import { broken, found, MAIN, main, withMore } from '../../fixture';

// Which pods are refused, and by which versions, is the business of test/pod-security.

const POD = 'Deployment/web spec.template.spec';

test('names the pod, the field and what it does', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.hostNetwork = true;
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${POD}.hostNetwork`, true, 'shares a namespace of the node with the pod'],
  ]);
});

test('names the container', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext.allowPrivilegeEscalation = undefined;
  });
  expect(found(podSecurity, subject)).toEqual([
    [
      `${MAIN}.securityContext.allowPrivilegeEscalation`,
      undefined,
      'lets a process gain rights that its parent did not have',
    ],
  ]);
});

test('names the volume', () => {
  const socket = { name: 'socket', hostPath: { path: '/run/containerd' } };
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.volumes.push(socket);
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${POD}.volumes[socket]`, socket, 'has a type that a restricted pod may not have'],
  ]);
});

test('misses what neither the pod nor its containers say in each container', () => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.securityContext.seccompProfile;
  });
  expect(found(podSecurity, subject).map(([where]) => where)).toEqual([
    `${POD}.initContainers[wait].securityContext.seccompProfile.type`,
    `${MAIN}.securityContext.seccompProfile.type`,
  ]);
});

test('says from which version on a probe of another host is refused', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).readinessProbe = { httpGet: { host: 'example.org', port: 'main' } };
  });
  expect(found(podSecurity, subject)).toEqual([
    [
      `${MAIN}.readinessProbe.httpGet.host`,
      'example.org',
      'makes the kubelet probe another host than the pod, which is refused from Kubernetes 1.34 on',
    ],
  ]);
});

test('says before which version a kernel setting is refused', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.securityContext.sysctls = [{ name: 'net.ipv4.tcp_rmem', value: '4096' }];
  });
  expect(found(podSecurity, subject)).toEqual([
    [
      `${POD}.securityContext.sysctls[net.ipv4.tcp_rmem].name`,
      'net.ipv4.tcp_rmem',
      'is a kernel setting that may concern more than this pod, which is refused before Kubernetes 1.32',
    ],
  ]);
});

test('reads annotations of the pod, not of what makes it', () => {
  const key = 'container.apparmor.security.beta.kubernetes.io/web';
  const subject = broken('Deployment/web', (web) => {
    web.metadata.annotations = { [key]: 'unconfined' };
    web.spec.template.metadata.annotations = { [key]: 'unconfined' };
  });
  expect(found(podSecurity, subject)).toEqual([
    [
      `Deployment/web spec.template.metadata.annotations[${key}]`,
      'unconfined',
      "turns off the node's AppArmor",
    ],
  ]);
});

test.each([
  ['Job/postgres-bootstrap', 'spec.template.spec.containers[bootstrap]'],
  ['CronJob/backup', 'spec.jobTemplate.spec.template.spec.containers[backup]'],
  ['StatefulSet/postgres', 'spec.template.spec.containers[postgres]'],
])('looks into %s', (name, container) => {
  const subject = broken(name, (job) => {
    main(job).securityContext.privileged = true;
  });
  expect(found(podSecurity, subject)).toEqual([
    [`${name} ${container}.securityContext.privileged`, true, 'makes the container root of the node'],
  ]);
});

test('looks into pods that nothing makes', () => {
  const subject = withMore(['v1', 'Pod', 'shell', { spec: { containers: [{ name: 'sh' }] } }]);
  expect(found(podSecurity, subject).map(([where]) => where)).toEqual([
    'Pod/shell spec.containers[sh].securityContext.allowPrivilegeEscalation',
    'Pod/shell spec.containers[sh].securityContext.capabilities.drop',
    'Pod/shell spec.containers[sh].securityContext.runAsNonRoot',
    'Pod/shell spec.containers[sh].securityContext.seccompProfile.type',
  ]);
});
