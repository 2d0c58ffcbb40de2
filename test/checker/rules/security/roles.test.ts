import type { Json } from '../../../../checker/manifests/manifest';
import { roles } from '../../../../checker/rules/security/roles';
import { found, good, withMore } from '../../fixture';

const GROUP = 'rbac.authorization.k8s.io/v1';
const role = (rule: Json, kind = 'Role') => withMore([GROUP, kind, 'web', { rules: [rule] }]);
const findings = (verbs: string[], resources: string[], more: Json = {}) =>
  found(roles, role({ apiGroups: [''], resources, verbs, ...more }));

test.each([
  ['get', 'secrets', 'reads every Secret there is'],
  ['list', 'secrets', 'reads every Secret there is'],
  ['watch', 'secrets', 'reads every Secret there is'],
  ['create', 'pods', 'starts programs of its choice, with any account and any Secret of the namespace'],
  ['patch', 'cronjobs', 'starts programs of its choice, with any account and any Secret of the namespace'],
  ['create', 'pods/exec', 'runs commands in the pods of others'],
  ['get', 'pods/exec', 'runs commands in the pods of others'],
  ['patch', 'pods/ephemeralcontainers', 'runs commands in the pods of others'],
  ['create', 'pods/attach', 'talks to the programs in the pods of others'],
  ['create', 'pods/portforward', 'reaches every port of every pod, past all network policies'],
  ['impersonate', 'users', 'acts in the name of somebody else'],
  ['bind', 'clusterroles', 'binds roles that it does not have itself'],
  ['create', 'rolebindings', 'decides who has which role'],
  ['escalate', 'roles', 'writes into roles what it may not do itself'],
  ['update', 'clusterroles', 'decides what roles may do'],
  ['create', 'serviceaccounts/token', 'makes itself a token of any account'],
  ['approve', 'signers', 'issues certificates, with which one can be anybody'],
  ['get', 'nodes/proxy', "runs commands in every pod, through the node's kubelet"],
  ['create', 'persistentvolumes', 'mounts any directory of a node, as a volume'],
  ['delete', 'networkpolicies', 'opens the network between pods'],
  [
    'patch',
    'validatingwebhookconfigurations',
    'reads and changes every object on its way into the cluster, or switches off who checks it',
  ],
  [
    'update',
    'configmaps',
    "changes every program's configuration, that of the cluster's DNS in kube-system included",
  ],
  ['delete', 'events', 'removes the traces of what has happened'],
])('refuses %s %s', (verb, resource, wrong) => {
  expect(findings([verb], [resource])).toEqual([['Role/web rules[0]', `${verb} ${resource}`, wrong]]);
});

test.each([
  ['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'],
  ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings', 'persistentvolumes', 'networkpolicies'],
  ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
])('refuses to write %s, %s …', (...resources) => {
  for (const verb of ['create', 'update', 'patch']) {
    for (const resource of resources) expect(findings([verb], [resource])).toHaveLength(1);
  }
});

test('names what of a rule is dangerous, and says it once', () => {
  expect(findings(['get', 'list', 'delete'], ['services', 'secrets'])).toEqual([
    ['Role/web rules[0]', 'get, list secrets', 'reads every Secret there is'],
  ]);
});

test('takes the singular for what is meant', () => {
  expect(findings(['create'], ['pod'])).toHaveLength(1);
});

test('looks into ClusterRoles', () => {
  expect(found(roles, role({ resources: ['pods/exec'], verbs: ['create'] }, 'ClusterRole'))).toHaveLength(1);
});

test.each([
  [
    ['get', 'list', 'watch'],
    ['services', 'endpointslices', 'pods'],
  ],
  [['create', 'update'], ['leases']],
  [['create', 'patch'], ['events']],
  [['delete'], ['pods']],
  [['get'], ['roles']],
])('accepts %j %j', (verbs, resources) => {
  expect(findings(verbs, resources)).toEqual([]);
});

test('accepts Secrets and ConfigMaps that are named, except for that of the DNS', () => {
  expect(findings(['get'], ['secrets'], { resourceNames: ['web'] })).toEqual([]);
  expect(findings(['patch'], ['configmaps'], { resourceNames: ['web'] })).toEqual([]);
  expect(findings(['patch'], ['configmaps'], { resourceNames: ['coredns'] })).toHaveLength(1);
  expect(findings(['create'], ['pods/exec'], { resourceNames: ['web'] })).toHaveLength(1);
});

test.each([
  ['apiGroups', { apiGroups: ['*'], resources: ['services'], verbs: ['get'] }],
  ['resources', { apiGroups: [''], resources: ['*'], verbs: ['create'] }],
  ['resources', { apiGroups: [''], resources: ['*/scale'], verbs: ['update'] }],
  ['verbs', { apiGroups: [''], resources: ['services'], verbs: ['*'] }],
  ['nonResourceURLs', { nonResourceURLs: ['*'], verbs: ['get'] }],
])('refuses * in %s', (field, rule: Json) => {
  expect(found(roles, role(rule))).toContainEqual([
    `Role/web rules[0].${field}`,
    rule[field],
    'allows everything of its kind, also what future versions add',
  ]);
});

test('finds what is behind a *', () => {
  expect(findings(['*'], ['secrets'])).toContainEqual([
    'Role/web rules[0]',
    '* secrets',
    'reads every Secret there is',
  ]);
  expect(findings(['create'], ['*/exec'])).toContainEqual([
    'Role/web rules[0]',
    'create */exec',
    'runs commands in the pods of others',
  ]);
});

test('finds that * reads and deletes as well', () => {
  expect(findings(['*'], MANY)).toEqual(
    expect.arrayContaining([
      expect.arrayContaining(['shows the whole environment to whoever looks for the next step']),
      expect.arrayContaining(['can take down everything at once']),
    ]),
  );
});

const MANY = ['services', 'pods', 'deployments', 'replicasets', 'jobs', 'endpoints'];

test.each(['get', 'list', 'watch'])('refuses to %s more than five kinds of objects', (verb) => {
  expect(findings([verb], MANY)).toEqual([
    [
      'Role/web rules[0]',
      `read ${MANY.join(', ')}`,
      'shows the whole environment to whoever looks for the next step',
    ],
  ]);
  expect(findings([verb], MANY.slice(1))).toEqual([]);
});

test.each([
  ['delete', MANY],
  ['deletecollection', ['services']],
])('refuses %s %j', (verb, resources) => {
  expect(findings([verb], resources)).toEqual([
    ['Role/web rules[0]', `delete ${resources.join(', ')}`, 'can take down everything at once'],
  ]);
});

test('has nothing to say where there is no Role', () => {
  expect(found(roles, good())).toEqual([]);
});
