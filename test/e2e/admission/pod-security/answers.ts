import type { Kubectl } from '../../../../cli/cluster/kubectl';
import { listOf } from '../../../../cli/cluster/kubectl';

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

export const ADMITTED = 'admitted';

/** What the API server says of each pod: `admitted`, the controls that refuse it, or why it did not come to that. */
export async function answersOf(kubectl: Kubectl, pods: readonly object[]): Promise<Map<string, string>> {
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

export const refusedBy = (controls: readonly string[]): string =>
  `refused: ${[...new Set(controls)].sort().join(', ')}`;
