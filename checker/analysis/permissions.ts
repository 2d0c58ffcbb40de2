import type { PermissionRule } from '../manifests/kubernetes';

/** What a rule of a Role can grant that leads further than it looks. */
export interface Danger {
  readonly resources: readonly string[];
  /** Left out: whatever the verb. */
  readonly verbs?: readonly string[];
  /** Harmless for objects that the rule names in `resourceNames`, but for these. */
  readonly unlessNamed?: { readonly but?: string };
  readonly wrong: string;
}

export const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'update', 'patch'];
const ROLES = ['roles', 'clusterroles'];
const SUBJECTS = ['users', 'groups', 'serviceaccounts', 'uids'];
export const WORKLOADS = [
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'replicationcontrollers',
  'jobs',
  'cronjobs',
];

/**
 * The ways from a small permission to a large one.
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
 */
export const dangers: readonly Danger[] = [
  { resources: ['secrets'], verbs: READ, unlessNamed: {}, wrong: 'reads every Secret in its reach' },
  {
    resources: WORKLOADS,
    verbs: WRITE,
    wrong: 'starts programs of its choice, with any account and any Secret of the namespace',
  },
  { resources: ['pods/exec', 'pods/ephemeralcontainers'], wrong: 'runs commands in the pods of others' },
  { resources: ['pods/attach'], wrong: 'talks to the programs in the pods of others' },
  { resources: ['pods/portforward'], wrong: 'reaches every port of every pod, past all network policies' },
  { resources: SUBJECTS, verbs: ['impersonate'], wrong: 'acts as another user' },
  { resources: ROLES, verbs: ['bind'], wrong: 'binds roles that it does not have itself' },
  {
    resources: ['rolebindings', 'clusterrolebindings'],
    verbs: WRITE,
    wrong: 'decides who has which role',
  },
  { resources: ROLES, verbs: ['escalate'], wrong: 'writes into roles what it may not do itself' },
  { resources: ROLES, verbs: WRITE, wrong: 'decides what roles may do' },
  { resources: ['serviceaccounts/token'], verbs: ['create'], wrong: 'makes itself a token of any account' },
  {
    resources: ['certificatesigningrequests/approval', 'signers'],
    verbs: ['update', 'patch', 'approve', 'sign'],
    wrong: 'issues certificates, with which one can act as any user',
  },
  {
    resources: ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'],
    verbs: [...WRITE, 'delete', 'deletecollection'],
    wrong: 'reads and changes every object on its way into the cluster, or switches off who checks it',
  },
  { resources: ['nodes/proxy'], wrong: "runs commands in every pod, through the node's kubelet" },
  { resources: ['persistentvolumes'], verbs: WRITE, wrong: 'mounts any directory of a node, as a volume' },
  {
    resources: ['networkpolicies'],
    verbs: [...WRITE, 'delete', 'deletecollection'],
    wrong: 'opens the network between pods',
  },
  {
    resources: ['configmaps'],
    verbs: ['update', 'patch'],
    unlessNamed: { but: 'coredns' },
    wrong: "changes every program's configuration, that of the cluster's DNS in kube-system included",
  },
  {
    resources: ['events'],
    verbs: ['delete', 'deletecollection'],
    wrong: 'removes the traces of what has happened',
  },
];

const OF_KUBERNETES = /^(\*|apps|batch|)$|\.k8s\.io$/;

/** Which of the rule's verbs and resources are dangerous, `get, list secrets`; undefined: none. */
export function granted(rule: PermissionRule, { resources, verbs, unlessNamed }: Danger): string | undefined {
  const names = rule.resourceNames ?? [];
  // Of another group, the same name is another kind. A rule in the wrong group of Kubernetes' own is meant all the same.
  if (!(rule.apiGroups ?? ['']).some((group) => OF_KUBERNETES.test(group))) return undefined;
  if (unlessNamed && names.length > 0 && !names.includes(unlessNamed.but ?? '')) return undefined;
  const given = {
    verbs: (rule.verbs ?? []).filter((verb) => verb === '*' || (verbs?.includes(verb) ?? true)),
    resources: (rule.resources ?? []).filter((name) => resources.some(covers(name))),
  };
  if (given.verbs.length === 0 || given.resources.length === 0) return undefined;
  return `${given.verbs.join(', ')} ${given.resources.join(', ')}`;
}

// `pods/exec` is covered by itself and by `*/exec`; the `*` alone, which covers all, is a finding by itself. A name in
// the singular grants nothing yet, but shows what is meant.
const covers =
  (given: string) =>
  (resource: string): boolean =>
    given === resource ||
    `${given}s` === resource ||
    (given.startsWith('*/') && resource.endsWith(given.slice(1)));
