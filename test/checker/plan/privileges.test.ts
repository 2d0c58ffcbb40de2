import { privileges } from '../../../checker/plan/access/privileges';
import { main } from '../fixture';
import { edited, release, says, without } from './planned';

test('a secret that a pod reads from now on', () => {
  const subject = edited('production', 'Deployment/dashboards', ({ spec }) => {
    spec.template.spec.volumes.push({ name: 'secret', secret: { secretName: 'django' } });
  });
  expect(says(privileges, subject)).toEqual([
    { about: 'Deployment/dashboards', what: 'gains', danger: true, details: ['reads Secret/django'] },
  ]);
});

test('rights on the machine, gained and lost', () => {
  const subject = edited('production', 'Deployment/dashboards', (dashboards) => {
    main(dashboards).securityContext.capabilities = { drop: ['ALL'], add: ['NET_ADMIN'] };
    dashboards.spec.template.spec.volumes.push({ name: 'node', hostPath: { path: '/' } });
    dashboards.spec.template.spec.automountServiceAccountToken = true;
  });
  const details = [
    expect.stringMatching(/token for the Kubernetes API/),
    expect.stringMatching(/capabilities\.add: .*NET_ADMIN/),
    expect.stringMatching(/volumes\[node\].*hostPath/),
  ];
  expect(says(privileges, subject)).toMatchObject([{ what: 'gains', danger: true, details }]);
  const { manifests, committed } = subject;
  expect(says(privileges, { ...subject, manifests: committed, committed: manifests })).toMatchObject([
    { about: 'Deployment/dashboards', what: 'loses', danger: false, details },
  ]);
});

test('a namespace that lets in more', () => {
  const subject = edited('production', 'Namespace/coped-production', ({ metadata }) => {
    metadata.labels['pod-security.kubernetes.io/enforce'] = 'baseline';
  });
  expect(says(privileges, subject)).toMatchObject([
    { about: 'Namespace/coped-production', what: 'gains', details: ['lets in pods that are not hardened'] },
  ]);
});

test('rights in the cluster', () => {
  const subject = release('production');
  const object = (kind: string, fields: object) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'reader', namespace: 'coped-production' },
    ...fields,
  });
  const manifests = [
    ...subject.manifests,
    object('Role', { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }] }),
    object('RoleBinding', {
      subjects: [{ kind: 'ServiceAccount', name: 'web' }],
      roleRef: { kind: 'Role', name: 'reader' },
    }),
  ];
  expect(says(privileges, { ...subject, manifests })).toMatchObject([
    { about: 'Role/reader', what: 'gains', details: ['allows get, list on secrets'] },
    {
      about: 'RoleBinding/reader',
      what: 'gains',
      details: ['gives ServiceAccount/web the rights of Role/reader'],
    },
  ]);
});

test("somebody else's account", () => {
  const subject = edited('production', 'Deployment/dashboards', ({ spec }) => {
    spec.template.spec.serviceAccountName = 'postgres';
  });
  expect(says(privileges, subject)).toMatchObject([{ details: ['acts as ServiceAccount/postgres'] }]);
});

test('a Job of another release has the same privileges; what is left behind keeps its own', () => {
  const image = 'registry.example.org/coped/django:1.1.0';
  expect(says(privileges, release('production', { 'images.django': image }))).toEqual([]);
  expect(says(privileges, without('production', 'Deployment/web'))).toEqual([]);
});
