import type { Environment } from '../../lib/environments/environment';
import { backupCronJob, DEADLINE } from '../backup/claim-pod';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { withPod } from '../cluster/one-off-pod';
import { PodShell } from '../cluster/pod-shell';
import { withDjangoPod } from '../manage/django-pod';
import type { World } from '../world';
import { restorePod } from './pods';
import { reachedScript } from './scripts/scripts';

/** What a restore works with. */
export interface Site {
  readonly world: World;
  readonly environment: Environment;
  readonly kubectl: Kubectl;
  /** The pod that can log in to PostgreSQL. */
  readonly shell: PodShell;
}

/** Does something beside the pod that can log in to PostgreSQL; it is removed whatever happens. */
export async function withSite(
  world: World,
  environment: Environment,
  kubectl: Kubectl,
  use: (site: Site) => Promise<void>,
): Promise<void> {
  const cronJob = await backupCronJob(environment, kubectl);
  const progress = { progress: (text: string) => world.terminal.say(text), signal: world.signal };
  await withPod(kubectl, progress, restorePod(cronJob), async (pod) => {
    const shell = new PodShell(kubectl, pod);
    await shell.attempt(['bash', '-euc', reachedScript()], { within: 120 });
    await use({ world, environment, kubectl, shell });
  });
}

/** Does something beside a pod like the migration's: it may change tables and the search index. */
export async function withDjango<T>(
  { world, kubectl }: Site,
  use: (django: PodShell) => Promise<T>,
): Promise<T> {
  const cronJob: ApiObject = await kubectl.get('cronjob', 'migrate');
  const { template } = cronJob.spec.jobTemplate.spec;
  const pod = { name: 'restore-django', template, labels: template.metadata.labels, deadline: DEADLINE };
  return withDjangoPod(world, kubectl, pod, (name) => use(new PodShell(kubectl, name)));
}
