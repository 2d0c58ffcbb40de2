import type { Environment } from '../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { refuseIfHeld, withLease } from '../cluster/lease/lease';
import { watchRollout } from '../cluster/rollout/watch';
import { manifestsOf } from '../dist/manifests';
import { ago } from '../terminal/age';
import { type Consent, confirm, requireConsent } from '../terminal/confirm';
import { NotUpError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { follow } from './follow';
import { jobOf, migrations, outcomeOf } from './job';
import type { Planned } from './pending';
import { plan, told } from './plan';

/**
 * What a migration would do.
 * @throws RefusedError where there is nothing to run it with
 */
export async function planned(world: World, kubectl: Kubectl, environment: Environment): Promise<Planned[]> {
  return plan(world, kubectl, environment.name, await cronJobOf(world, kubectl, environment));
}

/**
 * Runs the migration of the release that is deployed, and waits until its pods serve.
 * @throws RefusedError while another runs, or unless somebody has agreed
 */
export async function migrate(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  consent: Consent,
): Promise<void> {
  const { name } = environment;
  requireConsent(world, environment, consent, 'the migration is about to run');
  const cronJob = await cronJobOf(world, kubectl, environment);
  await refuseSecond(kubectl, name, world.now());
  await refuseIfHeld(kubectl, world.now());
  const found = await plan(world, kubectl, name, cronJob);
  await confirm(world, environment, consent, whatHappens(found));
  // The same Lease as a deploy's: neither starts while the other is at it. Whoever was faster is seen under it.
  await withLease(world, kubectl, {}, async () => {
    await refuseSecond(kubectl, name, world.now());
    const job = jobOf(cronJob, world.now());
    await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(job) });
    await toItsEnd(world, kubectl, environment, job.metadata.name);
  });
}

/** Follows a migration that runs, or tells how the last one ended. */
export async function followRunning(world: World, kubectl: Kubectl, environment: Environment): Promise<void> {
  const last = (await migrations(kubectl)).at(-1);
  if (!last) {
    throw new RefusedError(
      'No migration runs, and none is remembered',
      `Run one: \`npx coped migrate ${environment.name}\``,
    );
  }
  if (outcomeOf(last)) {
    world.terminal.say(`No migration runs. The last was ${last.metadata.name}, ${since(last, world.now())}.`);
  }
  await toItsEnd(world, kubectl, environment, last.metadata.name);
}

async function toItsEnd(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  job: string,
): Promise<void> {
  await follow(world, kubectl, environment.name, job);
  world.terminal.say(`${world.terminal.paint('green', '✔')} ${job} has succeeded`);
  await watchRollout(world, kubectl, { environment, workloads: SERVING, migrated: true });
}

/** What waits for the tables of its release. */
const SERVING = ['Deployment/web', 'Deployment/api'];

/** @throws RefusedError where no migration can be run by hand */
async function cronJobOf(
  world: World,
  kubectl: Kubectl,
  { name, ...environment }: Environment,
): Promise<ApiObject> {
  const cronJob = await kubectl.find('cronjob', 'migrate');
  if (!cronJob) {
    throw new NotUpError(
      `${name} is not deployed on this cluster: its CronJob migrate is not there`,
      `Deploy first: \`npx coped deploy ${name}\``,
    );
  }
  const source = manifestsOf({ name, ...environment } as Environment).find(
    ({ kind, metadata }) => kind === 'CronJob' && metadata?.name === 'migrate',
  ) as ApiObject;
  const [here, there] = [imageOf(source), imageOf(cronJob)];
  if (here !== there) {
    world.terminal.say(
      `The migration is that of the deployed release, ${there}; the sources say ${here}: if that is meant, deploy it first.`,
    );
  }
  return cronJob;
}

const imageOf = (cronJob: ApiObject): string =>
  cronJob?.spec.jobTemplate.spec.template.spec.containers[0].image;

const whatHappens = (found: readonly Planned[]): string =>
  found.length === 0
    ? 'no migration is pending; only the search index is rebuilt'
    : `${told(found)}\nThen the search index is rebuilt.`;

/** Two at once would be in each other's way, and in that of whoever reads the logs. */
async function refuseSecond(kubectl: Kubectl, environment: string, now: Date): Promise<void> {
  const running = (await migrations(kubectl)).find((job) => !outcomeOf(job));
  if (!running) return;
  const { name } = running.metadata;
  throw new RefusedError(
    `another migration runs: ${name}, ${since(running, now)}`,
    `Follow it: \`npx coped migrate ${environment} --follow\`; stop it: \`${kubectl.typed('delete', 'job', name)}\``,
  );
}

const since = ({ metadata }: ApiObject, now: Date): string =>
  `started ${ago(metadata.creationTimestamp, now)}`;
