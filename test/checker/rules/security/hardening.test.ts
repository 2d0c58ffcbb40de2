import { hardening } from '../../../../checker/rules/security/hardening';
import { podSecurity } from '../../../../checker/rules/security/pod-security';
import { broken, found, MAIN, main } from '../../fixture';

const POD = 'Deployment/web spec.template.spec';

test('refuses volumes of the group of root', () => {
  const subject = broken('Deployment/web', (web) => {
    web.spec.template.spec.securityContext.fsGroup = 0;
  });
  expect(found(hardening, subject)).toEqual([
    [`${POD}.securityContext.fsGroup`, 0, 'gives the volumes to the group of root'],
  ]);
});

test.each([
  ['readOnlyRootFilesystem', false, 'lets an intruder change the program'],
  ['readOnlyRootFilesystem', undefined, 'lets an intruder change the program'],
  ['runAsUser', 'django', 'is not the number of a user'],
  ['runAsGroup', 0, 'is not the number of an unprivileged group'],
])('refuses %s %j of a container', (field, value, wrong) => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext[field] = value;
  });
  expect(found(hardening, subject)).toEqual([[`${MAIN}.securityContext.${field}`, value, wrong]]);
});

test('refuses the one capability that the standard allows', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext.capabilities.add = ['NET_BIND_SERVICE'];
  });
  expect(found(hardening, subject)).toEqual([
    [`${MAIN}.securityContext.capabilities.add`, ['NET_BIND_SERVICE'], 'gives a capability of root back'],
  ]);
  expect(found(podSecurity, subject)).toEqual([]);
});

test('refuses a seccomp profile that has to be on the node', () => {
  const subject = broken('Deployment/web', (web) => {
    main(web).securityContext.seccompProfile = { type: 'Localhost', localhostProfile: 'web.json' };
  });
  expect(found(hardening, subject)).toEqual([
    [
      `${MAIN}.securityContext.seccompProfile.type`,
      'Localhost',
      'is a filter of system calls that only prepared nodes have',
    ],
  ]);
});

test.each(['runAsUser', 'runAsGroup'])('misses %s in each container when the pod leaves it out', (field) => {
  const subject = broken('Deployment/web', (web) => {
    delete web.spec.template.spec.securityContext[field];
  });
  expect(found(hardening, subject).map(([where]) => where)).toEqual([
    `${POD}.initContainers[wait].securityContext.${field}`,
    `${MAIN}.securityContext.${field}`,
  ]);
});

test('looks into Jobs and CronJobs', () => {
  for (const name of ['Job/postgres-bootstrap', 'CronJob/backup']) {
    const subject = broken(name, (job) => {
      main(job).securityContext.readOnlyRootFilesystem = false;
    });
    expect(found(hardening, subject)).toHaveLength(1);
  }
});
