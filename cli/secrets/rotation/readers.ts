import type { SecretValue } from '../../../checker/secrets/secret-value';
import { componentsIn } from '../../../lib/components';
import { variableOf } from '../../../lib/components/django/environment';
import type { Environment } from '../../../lib/environments/environment';
import { previous } from '../../../lib/kubernetes/secret-key';
import { type ApiObject, mainOf, type PodTemplate } from '../../cluster/api-object';
import type { Kubectl } from '../../cluster/kubectl';
import { podState } from '../../cluster/readiness';
import type { Site } from '../../cluster/site';
import { RefusedError } from '../../terminal/errors';
import type { Key } from '../keys';
import { standardInput } from '../stored-secret';

const COMPONENT = 'app.kubernetes.io/component';
/** The servers themselves read their superuser's password at their first start only. */
const SERVERS = ['postgres', 'elasticsearch'];

/** How the application's `uses` ends. */
const [KNOWS, KNOWS_ANOTHER] = [0, 3];

/** Pods that read a secret and have not ended. */
export async function readers(kubectl: Kubectl, key: Key): Promise<ApiObject[]> {
  const pods = await kubectl.list('pods');
  return pods.filter(
    (pod) =>
      !SERVERS.includes(pod.metadata.labels?.[COMPONENT] ?? '') &&
      !['Succeeded', 'Failed'].includes(pod.status?.phase ?? '') &&
      mounts(pod, key.secret, key.key) &&
      isGivenSecrets(pod),
  );
}

/** What reads them only while it starts is not asked: the pods that serve static files. */
const isGivenSecrets = (pod: ApiObject): boolean => {
  const projected = (pod.spec?.volumes ?? []).filter((volume) => volume.projected).map(({ name }) => name);
  return (mainOf(pod).volumeMounts ?? []).some(({ name }) => projected.includes(name));
};

/** What runs the application all the time. */
export const deploymentsOf = (environment: Environment): string[] =>
  componentsIn(environment)
    .filter(({ name }) => ['web', 'api', 'worker', 'beat'].includes(name))
    .map(({ name }) => `deployment/${name}`);

/** The files that a pod has of a Secret's key. */
const filesOf = ({ spec }: PodTemplate, name: string, key: string): string[] =>
  (spec?.volumes ?? [])
    .flatMap(({ projected }) => projected?.sources ?? [])
    .flatMap(({ secret }) => (secret?.name === name ? (secret.items ?? []) : []))
    .flatMap((item) => (item.key === key && item.path ? [item.path] : []));

export const mounts = (...of: Parameters<typeof filesOf>): boolean => filesOf(...of).length > 0;

/**
 * Checks that every pod that reads a secret supports two values, before there are two.
 * @throws RefusedError if one does not
 */
export async function refuseUnprepared(site: Site, key: Key, value: SecretValue): Promise<void> {
  const { kubectl, environment } = site;
  const status = `npx coped status ${environment.name}`;
  for (const pod of await readers(kubectl, key)) {
    const { name, labels, ownerReferences = [] } = pod.metadata;
    if (!mounts(pod, key.secret, previous(key).key)) {
      if (ownerReferences.some(({ kind }) => kind === 'Job')) {
        throw new RefusedError(
          `${labels?.[COMPONENT]} is using ${key.path} now, in pod ${name}`,
          `Wait until it has finished: \`${status}\``,
        );
      }
      throw outdated(name, key);
    }
    if (pod.status?.phase !== 'Running' || pod.metadata.deletionTimestamp) {
      throw new RefusedError(
        `a pod is not ready: ${podState(pod)}`,
        `Wait until it is ready or gone (\`${status}\`), then run it again`,
      );
    }
    const code = await compared(site, pod, key, value);
    if (code !== KNOWS && code !== KNOWS_ANOTHER) throw outdated(name, key);
  }
}

const outdated = (pod: string, { path }: Key): RefusedError =>
  new RefusedError(
    `pod ${pod} runs a release that does not support two values of ${path}`,
    'Deploy a release of this version first: its images and its objects',
  );

/** Pods that do not read a value from their files yet; undefined when all do. */
export async function unaware(
  site: Site,
  key: Key,
  value: SecretValue,
  nudged: Set<string>,
): Promise<string | undefined> {
  const states = await Promise.all(
    (await readers(site.kubectl, key)).map((pod) => unawarePod(site, pod, key, value, nudged)),
  );
  const missing = states.filter((state) => state !== undefined);
  return missing.length > 0 ? missing.join('; ') : undefined;
}

async function unawarePod(
  site: Site,
  pod: ApiObject,
  key: Key,
  value: SecretValue,
  nudged: Set<string>,
): Promise<string | undefined> {
  const { name, deletionTimestamp } = pod.metadata;
  if (deletionTimestamp || pod.status?.phase !== 'Running') return podState(pod);
  const code = await compared(site, pod, key, value);
  if (code === KNOWS) return undefined;
  if (code !== KNOWS_ANOTHER) return `${name} does not answer`;
  if (!nudged.has(name)) {
    nudged.add(name);
    await nudge(site.kubectl, name);
  }
  return `${name} reads the old value`;
}

/**
 * The kubelet looks at the Secrets of a pod once a minute, and at once when the pod changes.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#mounted-configmaps-are-updated-automatically
 */
const nudge = (kubectl: Kubectl, pod: string) =>
  kubectl.attempt(['annotate', 'pod', pod, `coped.org/secrets-changed=${Date.now()}`, '--overwrite']);

async function compared(
  { kubectl, environment }: Site,
  pod: ApiObject,
  { secret, key }: Key,
  value: SecretValue,
): Promise<number> {
  const [file = ''] = filesOf(pod, secret, key);
  const command = environment.application.uses?.(variableOf(file)) ?? ['false'];
  const container = `--container=${mainOf(pod).name}`;
  const { code } = await kubectl.attempt(
    ['exec', '--stdin', pod.metadata.name, container, '--', ...command],
    { input: standardInput([value], (text) => text) },
  );
  return code;
}
