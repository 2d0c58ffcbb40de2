import { includes, VERSIONS } from '../../../checker/pod-security/versions';
import { type Pod, violations } from '../../../checker/pod-security/violations';
import { type Kubectl, listOf } from '../../../cli/cluster/kubectl';
import { development } from '../../../lib/environments/development';
import { production } from '../../../lib/environments/production';
import { staging } from '../../../lib/environments/staging';
import { modelOf } from '../model';
import type { Suite } from '../step';
import { withObjects } from './cluster-state';
import { cases } from './pod-security/cases';
import { podsOf } from './template-pods';

/**
 * The API server refuses the pods that the checks refuse, by the rules of some versions.
 * The label of a namespace chooses the version: an API server knows the rules of all older ones.
 */
export async function checkSame(
  { kubectl, report }: Suite,
  choose: (versions: readonly number[]) => readonly number[],
): Promise<void> {
  const newest = await minorOf(kubectl);
  const pods = [...cases.filter(({ created }) => created), ...ours()];
  const known = choose(VERSIONS.filter((version) => version <= newest));
  await withObjects(kubectl, known.flatMap(namespaceFor), async () => {
    for (const version of known) {
      await report.check(`1.${version}: the same answer for each pod`, () => same(kubectl, version, pods));
    }
  });
  for (const version of VERSIONS.filter((version) => version > newest)) {
    report.note(
      `1.${version} cannot be asked: this API server is 1.${newest}, and uses its own rules instead`,
    );
  }
}

interface Named {
  readonly name: string;
  readonly pod: Pod;
}

/** The pods of the three environments, which every version has to admit. */
const ours = (): Named[] =>
  [development, staging, production].flatMap((environment) => {
    const { manifests, namespace } = modelOf(environment);
    return podsOf(manifests, namespace).map(({ metadata, spec }) => ({
      name: `${environment.name} ${metadata.name}`,
      pod: { metadata: { annotations: metadata.annotations }, spec },
    }));
  });

async function same(kubectl: Kubectl, version: number, pods: readonly Named[]): Promise<string> {
  const answers = await answersOf(kubectl.in(namespaceOf(version)), pods.map(runnable));
  const expected = pods.map(({ pod }) => expectedOf(pod, version));
  const different = pods.flatMap(({ name }, i) => {
    const answer = answers.get(nameOf(i)) ?? 'no answer';
    return answer === expected[i] ? [] : [`${name}\n  API server: ${answer}\n  lib: ${expected[i]}`];
  });
  if (different.length > 0) throw new Error(different.join('\n'));
  const admitted = expected.filter((answer) => answer === ADMITTED).length;
  return `${admitted} admitted, ${pods.length - admitted} refused`;
}

function expectedOf(pod: Pod, version: number): string {
  const controls = violations(pod)
    .filter(({ versions }) => includes(versions, version))
    .map(({ control }) => control.id);
  return controls.length === 0 ? ADMITTED : refusedBy(controls);
}

const minorOf = async (kubectl: Kubectl): Promise<number> => {
  const { serverVersion } = JSON.parse(await kubectl.run(['version', '--output=json']));
  // Some providers write `36+`.
  return Number.parseInt(serverVersion.minor, 10);
};

const namespaceOf = (version: number): string => `coped-e2e-restricted-1-${version}`;
const nameOf = (index: number): string => `pod-${index}`;

/** Of its own, because Kubernetes adds `default` to a namespace some time later. */
const ACCOUNT = 'pods';

const namespaceFor = (version: number): object[] => [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(version),
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/enforce-version': `v1.${version}`,
      },
    },
  },
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: ACCOUNT, namespace: namespaceOf(version) } },
];

const runnable = ({ pod: { metadata, spec } }: Named, index: number): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...metadata, name: nameOf(index) },
  spec: { ...spec, serviceAccountName: ACCOUNT, automountServiceAccountToken: false },
});

/** How the API server names the controls of checker/pod-security/controls.ts when it refuses a pod. */
const WORDS: Readonly<Record<string, string>> = {
  allowPrivilegeEscalation: 'allowPrivilegeEscalation != false (',
  appArmorProfile: 'forbidden AppArmor profile',
  capabilities_restricted: 'unrestricted capabilities (',
  hostNamespaces: 'host namespaces (',
  hostPorts: 'hostPort (',
  hostProbesAndHostLifecycle: 'probe or lifecycle host (',
  privileged: 'privileged (',
  procMount_restricted: 'procMount (',
  restrictedVolumes: 'restricted volume types (',
  runAsNonRoot: 'runAsNonRoot != true (',
  runAsUser: 'runAsUser=0 (',
  seLinuxOptions: 'seLinuxOptions (',
  seccompProfile_restricted: 'seccompProfile (',
  sysctls: 'forbidden sysctls (',
  windowsHostProcess: 'hostProcess (',
};

const ADMITTED = 'admitted';

/** What the API server says of each pod: `admitted`, the controls that refuse it, or why it did not come to that. */
async function answersOf(kubectl: Kubectl, pods: readonly object[]): Promise<Map<string, string>> {
  const { stdout, stderr } = await kubectl.attempt(['create', '--filename=-', '--dry-run=server'], {
    input: listOf(pods),
  });
  const answers = new Map<string, string>();
  for (const [, name = ''] of stdout.matchAll(/^pod\/(\S+) created/gm)) answers.set(name, ADMITTED);
  for (const line of stderr.split('\n')) {
    const [, name, reasons] =
      /pods "(\S+)" is forbidden: violates PodSecurity "[^"]+": (.*)/.exec(line) ?? [];
    if (name !== undefined && reasons !== undefined) answers.set(name, refusal(reasons));
    const [, invalid] = /Pod "(\S+)" is invalid/.exec(line) ?? [];
    if (invalid !== undefined) answers.set(invalid, line);
  }
  return answers;
}

const refusal = (reasons: string): string =>
  refusedBy(Object.keys(WORDS).filter((id) => reasons.includes(WORDS[id] ?? id)));

const refusedBy = (controls: readonly string[]): string =>
  `refused: ${[...new Set(controls)].sort().join(', ')}`;
