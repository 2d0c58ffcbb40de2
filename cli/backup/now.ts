import { PassThrough } from 'node:stream';
import { jobOf, outcomeOf } from '../cluster/jobs';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { followJob } from '../cluster/rollout/follow-job';
import type { Site } from '../cluster/site';
import { CliError, RefusedError } from '../terminal/errors';
import { CLAIM } from './claim-pod';

/**
 * Dumps the database now, in a Job made from the nightly CronJob, and shows its log.
 * @returns the name of the dump
 */
export async function backupNow(site: Site, cronJob: ApiObject): Promise<string> {
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
  const dump = /^wrote \/\S+\/(\S+\.dump),/m.exec(log)?.[1];
  if (dump) return dump;
  throw new CliError(
    `the log of Job ${name} does not name a dump`,
    'See which there are: npx coped backup <environment> list',
  );
}

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
  throw new CliError(
    `no dump was made: Job ${job} has failed; the older dumps are as they were`,
    /no space left/i.test(log)
      ? `The claim "${CLAIM}" is full: raise backup.storage (docs/clusters.md#grow-a-volume), or lower backup.keep`
      : `${first}Its log is above`,
  );
}
