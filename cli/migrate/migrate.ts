import { isA } from '../../checker/manifests/kubernetes';
import { type ApiObject, mainOf, oldestFirst, templateOf } from '../cluster/api-object';
import { jobOf, outcomeOf } from '../cluster/jobs';
import { refuseIfHeld, withLease } from '../cluster/lease/lease';
import { followJob } from '../cluster/rollout/follow-job';
import { GATE } from '../cluster/rollout/pods';
import { watchRollout } from '../cluster/rollout/watch';
import { nameOf } from '../cluster/rollout/workloads';
import type { Site } from '../cluster/site';
import { manifestsOf } from '../dist/manifests';
import { ago } from '../terminal/age';
import { type Consent, confirm, requireConsent } from '../terminal/confirm';
import { CliError, NotUpError, RefusedError } from '../terminal/errors';
import { asText, type Planned, plan } from './plan';

const COMPONENT = 'migrate';
/** Workloads that wait for the migrations of their release. */
const waiting = ({ environment }: Site): string[] =>
  manifestsOf(environment)
    .filter((one) => isA(one, 'Deployment'))
    .filter((one) => templateOf(one).spec?.initContainers?.some(({ name }) => name === GATE))
    .map(nameOf);

/**
 * What a migration would do.
 * @throws CliError if it could not run
 */
export const planned = async (site: Site): Promise<Planned[]> => plan(site, await cronJobOf(site));

/**
 * Runs the migration of the deployed release, and waits until its pods are ready.
 * @throws RefusedError while another runs, or unless it is confirmed
 */
export async function migrate(site: Site, consent: Consent): Promise<void> {
  const { world, kubectl, environment } = site;
  requireConsent(world, environment, consent, 'the migration is about to run');
  const cronJob = await cronJobOf(site);
  await refuseSecond(site);
  await refuseIfHeld(kubectl, world.now());
  const found = await plan(site, cronJob);
  const what =
    found.length === 0
      ? 'no migration is pending; only the search index is rebuilt'
      : `${asText(found)}\nThen the search index is rebuilt.`;
  await confirm(world, environment, consent, what);
  // The same Lease as a deploy's: only one of them runs. A migration that began meanwhile is found under it.
  await withLease(world, kubectl, {}, async () => {
    await refuseSecond(site);
    const job = jobOf(cronJob, world.now());
    await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(job) });
    await followToEnd(site, job.metadata.name);
  });
}

/** Follows a running migration, or shows how the last one ended. */
export async function followRunning(site: Site): Promise<void> {
  const { world, environment } = site;
  const last = (await migrations(site)).at(-1);
  if (!last) {
    throw new RefusedError(
      'there is no migration to follow',
      `Run one: \`npx coped migrate ${environment.name}\``,
    );
  }
  if (outcomeOf(last)) {
    world.terminal.say(`No migration runs. The last was ${last.metadata.name}, ${since(last, world.now())}.`);
  }
  await followToEnd(site, last.metadata.name);
}

async function followToEnd(site: Site, job: string): Promise<void> {
  const { world, kubectl, environment } = site;
  const { terminal } = world;
  const command = `npx coped migrate ${environment.name}`;
  const end = await followJob(site, job, terminal.log(), `${command} --follow`);
  if (!end.good) {
    const tries = end.tries > 1 ? ` after ${end.tries} tries` : '';
    throw new CliError(
      `${job} has failed${tries}: ${end.message}`,
      `${end.first}Its log is above. Fix the cause, then run \`${command}\` again: nothing has to be cleaned up. ` +
        'PostgreSQL has undone the migration that failed; those before it stay',
    );
  }
  terminal.say(`${terminal.paint('green', '✔')} ${job} has succeeded`);
  await watchRollout(world, kubectl, { environment, workloads: waiting(site), migrated: true });
}

/** @throws NotUpError where no migration can run */
async function cronJobOf({ world, kubectl, environment }: Site): Promise<ApiObject> {
  const { name } = environment;
  const cronJob = await kubectl.find('cronjob', COMPONENT);
  if (!cronJob) {
    throw new NotUpError(
      `${name} is not deployed on this cluster: it has no CronJob ${COMPONENT}`,
      `Deploy first: \`npx coped deploy ${name}\``,
    );
  }
  const source = manifestsOf(environment)
    .filter((one) => isA(one, 'CronJob'))
    .find(({ metadata }) => metadata.name === COMPONENT);
  const [here, there] = [source, cronJob].map((one) => imageOf(one));
  if (here !== there) {
    world.terminal.say(
      `The migration is that of the deployed release, ${there}; the sources have ${here}. To run that one, deploy it first.`,
    );
  }
  return cronJob;
}

const imageOf = (cronJob: Pick<ApiObject, 'spec'> = {}): string | undefined =>
  mainOf(templateOf(cronJob)).image;

/** Two at once would block each other, and mix their logs. */
async function refuseSecond(site: Site): Promise<void> {
  const { world, kubectl, environment } = site;
  const running = (await migrations(site)).find((job) => !outcomeOf(job));
  if (!running) return;
  const { name } = running.metadata;
  throw new RefusedError(
    `another migration runs: ${name}, ${since(running, world.now())}`,
    `Follow it: \`npx coped migrate ${environment.name} --follow\`; stop it: \`${kubectl.typed('delete', 'job', name)}\``,
  );
}

/** Every migration that is still in the cluster, oldest first, however it was started. */
async function migrations({ kubectl }: Site): Promise<ApiObject[]> {
  const jobs = await kubectl.list('jobs');
  return jobs
    .filter(
      ({ metadata: { labels, ownerReferences } }) =>
        labels?.['app.kubernetes.io/component'] === COMPONENT ||
        ownerReferences?.some(({ kind, name }) => kind === 'CronJob' && name === COMPONENT),
    )
    .sort(oldestFirst);
}

const since = ({ metadata }: ApiObject, now: Date): string =>
  `started ${ago(metadata.creationTimestamp ?? '', now)}`;
