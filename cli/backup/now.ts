import { PassThrough } from 'node:stream';
import type { Environment } from '../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { startOf } from '../cluster/rollout/job-start';
import { lackOf } from '../cluster/rollout/workloads';
import { until } from '../cluster/waiting';
import { jobOf, outcomeOf } from '../migrate/job';
import { CliError, RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { CLAIM, DEADLINE } from './claim-pod';

/**
 * Dumps the database now, in a Job made from the nightly CronJob, and shows its log.
 * @returns the name of the dump
 */
export async function backupNow(
  world: World,
  kubectl: Kubectl,
  environment: Environment,
  cronJob: ApiObject,
): Promise<string> {
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
  await world.terminal.step(`start Job ${name}`, async (step) => {
    await kubectl.run(['create', '--filename=-'], { input: made });
    const missing = async () => (await startOf(kubectl, environment, name)).lack;
    await until(step, `Job ${name}`, missing, { within: 300, signal: world.signal });
  });
  const log = await followed(world, kubectl, name);
  await ended(world, kubectl, name, log);
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
  const jobs: ApiObject[] = (await kubectl.get('jobs', selector)).items;
  return jobs.find((job) => !outcomeOf(job))?.metadata.name;
}

/** Shows a Job's log as it is written. @returns all of it */
async function followed({ terminal }: World, kubectl: Kubectl, name: string): Promise<string> {
  const chunks: string[] = [];
  const log = new PassThrough();
  log.on('data', (chunk) => {
    chunks.push(String(chunk));
    terminal.streams.errors.write(chunk);
  });
  await kubectl.attempt(['logs', '--follow', `job/${name}`], { output: log });
  return chunks.join('');
}

/** The log may break off earlier than the Job. */
async function ended(world: World, kubectl: Kubectl, name: string, log: string): Promise<void> {
  let failed = false;
  const open = async () => {
    const state = lackOf(await kubectl.get('job', name));
    failed = state.failed;
    return failed ? undefined : state.lack;
  };
  const progress = { progress: (text: string) => world.terminal.say(text) };
  await until(progress, `Job ${name}`, open, { within: DEADLINE, signal: world.signal });
  if (!failed) return;
  throw new CliError(
    `no dump was made: Job ${name} has failed; the older dumps are as they were`,
    /no space left/i.test(log)
      ? `The claim "${CLAIM}" is full: raise backup.storage (docs/clusters.md#grow-a-volume), or lower backup.keep`
      : 'Its log is above',
  );
}
