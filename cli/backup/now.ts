import { PassThrough } from 'node:stream';
import { jobOf, outcomeOf } from '../cluster/jobs';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { followJob } from '../cluster/rollout/follow-job';
import type { Site } from '../cluster/site';
import { CliError, RefusedError } from '../terminal/errors';
import { CLAIM } from './claim-pod';

/**
 * Dumps the database now, in a Job made from the nightly CronJob, and shows its log.
 * @returns the names of the dumps, that of the application's database first
 */
export async function backupNow(site: Site, cronJob: ApiObject): Promise<string[]> {
  const { world, kubectl } = site;
  const running = await runningJob(kubectl, CLAIM);
  if (running) {
    throw new RefusedError(
      `a backup is already running: Job ${running}`,
      `Wait for it: \`${kubectl.typed('logs', '--follow', `job/${running}`)}\``,
    );
  }
  const job = jobOf(cronJob, world.now());
  const { name } = job.metadata;
  // Tried once: the user reads why it failed.
  const made = JSON.stringify({ ...job, spec: { ...job.spec, backoffLimit: 0 } });
  await kubectl.run(['create', '--filename=-'], { input: made });
  const log = await followed(site, name);
  const dumps = namesIn(log);
  if (dumps.length > 0) return dumps;
  throw new CliError(
    `the log of Job ${name} does not name a dump`,
    'See which there are: npx coped backup <environment> list',
  );
}

const namesIn = (log: string): string[] =>
  [...log.matchAll(/^wrote \/\S+\/(\S+\.dump),/gm)].flatMap(([, name]) => name ?? []);

/** The name of a Job of a component that has not ended yet. */
export async function runningJob(kubectl: Kubectl, component: string): Promise<string | undefined> {
  const selector = `--selector=app.kubernetes.io/component=${component}`;
  const jobs = await kubectl.list('jobs', selector);
  return jobs.find((job) => !outcomeOf(job))?.metadata.name;
}

/**
 * Shows a Job's log until the Job has ended.
 * @returns all of it
 */
async function followed(site: Site, job: string): Promise<string> {
  const { world, kubectl } = site;
  const chunks: string[] = [];
  const output = new PassThrough();
  const shown = world.terminal.log('errors');
  output.on('data', (chunk) => {
    chunks.push(String(chunk));
    shown.write(chunk);
  });
  const again = kubectl.typed('logs', '--follow', `job/${job}`);
  const { good, first } = await followJob(site, job, output, again);
  const log = chunks.join('');
  if (good) return log;
  const [made] = namesIn(log);
  throw new CliError(
    made
      ? `only ${made} was made: Job ${job} has failed`
      : `no dump was made: Job ${job} has failed; the older dumps are as they were`,
    /no space left/i.test(log)
      ? `The claim "${CLAIM}" is full: raise backup.storage (docs/clusters.md#grow-a-volume), or lower backup.keep`
      : `${first}Its log is above`,
  );
}
