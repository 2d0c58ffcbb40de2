import { administratorOf, isExternal } from '../../lib/components/elsewhere';
import { type ApiObject, mainOf, type PodTemplate, templateOf } from '../cluster/api-object';
import { oneOffPod, withPod } from '../cluster/one-off-pod';
import { PodShell } from '../cluster/pod-shell';
import { requireKind, type Site } from '../cluster/site';
import type { Progress } from '../cluster/waiting';
import { NotUpError, RefusedError } from '../terminal/errors';

export const CLAIM = 'backup';
export const FOLDER = '/backup';

/** Seconds after which Kubernetes ends a pod that was left behind. */
export const DEADLINE = 6 * 3600;
/** The pod does nothing by itself: commands are run in it. */
export const IDLE = ['sleep', String(DEADLINE)];

/**
 * The CronJob that dumps the database: one-off pods take over its image, its user and its claim.
 * @throws NotUpError if there is none
 */
export async function backupCronJob({ environment, kubectl }: Site): Promise<ApiObject> {
  const { name } = environment;
  const why = 'it has no backups, because its data is temporary';
  requireKind(environment, 'hosted', why, 'Name an environment on a real cluster');
  const { postgres } = environment;
  if (!environment.backup && isExternal(postgres)) {
    throw new RefusedError(
      `${name} makes no dumps: its database is on ${postgres.host}, which someone else runs`,
      `Ask ${administratorOf(postgres)} for one; \`backup\` in lib/environments/${name}.ts would make some here, too`,
    );
  }
  const cronJob = await kubectl.find('cronjob', CLAIM);
  if (cronJob) return cronJob;
  throw new NotUpError(
    `${name} has no CronJob "${CLAIM}" on this cluster`,
    `Deploy it first: npx coped deploy ${name}`,
  );
}

/** Runs something with a pod that sees the dumps, may not change them, has no secret and no network. */
export async function withDumps<T>(
  { kubectl, world: { signal } }: Site,
  cronJob: ApiObject,
  step: Progress,
  use: (shell: PodShell) => Promise<T>,
): Promise<T> {
  const pod = oneOffPod({
    name: 'dumps',
    template: idleTemplate(cronJob, [CLAIM]),
    labels: { 'app.kubernetes.io/component': 'dumps' },
    command: IDLE,
    deadline: DEADLINE,
  });
  const progress = { progress: (text: string) => step.progress(text), signal };
  return withPod(kubectl, progress, pod, (name) => use(new PodShell(kubectl, name)));
}

/** The CronJob's template with these of its volumes, the claim only to be read. */
export function idleTemplate(cronJob: ApiObject, volumes: readonly string[]): PodTemplate {
  const { metadata, spec: pod } = templateOf(cronJob);
  const main = mainOf({ spec: pod });
  const keep = ({ name = '' }: { name?: string }) => volumes.includes(name);
  const mounts = main.volumeMounts
    ?.filter(keep)
    .map((mount) => (mount.name === CLAIM ? { ...mount, readOnly: true } : mount));
  return {
    metadata,
    spec: {
      ...pod,
      volumes: pod?.volumes?.filter(keep),
      containers: [{ ...main, volumeMounts: mounts }],
    },
  };
}
