import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { JOB_NAME, startOf } from '../cluster/rollout/job-start';
import { until } from '../cluster/waiting';
import { CliError, InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { outcomeOf } from './job';

/** Seconds that the first pod may take to start: an image may have to be pulled. */
const START = 300;
/** Seconds between two tries at most: Kubernetes waits longer after each. */
const NEXT_TRY = 600;
/** Seconds within which the end of a container becomes the end of its pod. */
const SETTLES = 5;
/** Seconds. The Job has a deadline of its own. */
const DAY = 86_400;

/**
 * Prints the log of a Job from its first line on, over every try, until the Job has ended.
 * @throws CliError if the Job does not succeed
 */
export async function follow(
  world: World,
  kubectl: Kubectl,
  environment: string,
  job: string,
): Promise<void> {
  try {
    await followTries(world, kubectl, environment, job);
  } catch (error) {
    if (error instanceof CliError && !(error instanceof InterruptedError)) throw error;
    const again = `Follow it again: \`npx coped migrate ${environment} --follow\``;
    if (!(error instanceof InterruptedError)) {
      throw new CliError(
        `${(error as Error).message.split('\n')[0]}`,
        `${job} goes on in the cluster. ${again}`,
      );
    }
    const stop = `Stop it: \`${kubectl.typed('delete', 'job', job)}\``;
    throw new InterruptedError(`${job} goes on in the cluster. ${again}\n${stop}`);
  }
}

async function followTries(world: World, kubectl: Kubectl, environment: string, job: string): Promise<void> {
  const { terminal } = world;
  const tried: string[] = [];
  for (;;) {
    const pod = await nextPod(world, kubectl, environment, job, tried);
    if (pod === undefined) break;
    if (tried.length > 0) terminal.say(`${tried.at(-1)} has failed; Kubernetes tries again with ${pod}`);
    tried.push(pod);
    await printLog(world, kubectl, pod);
  }
  const found = await kubectl.get('job', job);
  const outcome = outcomeOf(found);
  if (outcome?.good) return;
  const tries = tried.length > 1 ? ` after ${tried.length} tries` : '';
  throw new CliError(
    `${job} has failed${tries}: ${outcome?.message ?? 'it is gone'}`,
    `Its log is above. Fix the cause, then run \`npx coped migrate ${environment}\` again: nothing has to be cleaned up. ` +
      'PostgreSQL has undone the migration that failed; those before it stay',
  );
}

/** The next pod that has started; undefined once the Job has ended without one. */
async function nextPod(
  { terminal, signal }: World,
  kubectl: Kubectl,
  environment: string,
  job: string,
  tried: readonly string[],
): Promise<string | undefined> {
  let started: string | undefined;
  const missing = async (): Promise<string | undefined> => {
    const { pod, lack } = await startOf(kubectl, { name: environment, kind: 'hosted' }, job, tried);
    started = pod;
    return lack;
  };
  const within = tried.length > 0 ? NEXT_TRY : START;
  const wait = (progress: { progress(text: string): void }) =>
    until(progress, `a pod of ${job}`, missing, { within, signal });
  const what = tried.length > 0 ? `the result of ${job}` : `${job} starts`;
  try {
    await terminal.step(what, wait);
  } catch (error) {
    if (error instanceof InterruptedError || tried.length > 0) throw error;
    const removal = kubectl.typed('delete', 'job', job);
    throw new CliError(
      `${job} could not start: ${(error as Error).message.split('\n')[0]}`,
      (await removed(kubectl, job))
        ? `It was removed, the tables are as they were. Fix the cause, then run \`npx coped migrate ${environment}\` again`
        : `It stays in the cluster. Follow it with \`npx coped migrate ${environment} --follow\`, or remove it: \`${removal}\``,
    );
  }
  return started;
}

/** Removes a Job of which nothing has run: it would only stand in the way of the next. */
async function removed(kubectl: Kubectl, job: string): Promise<boolean> {
  const pods = await kubectl.attempt(['get', 'pods', `--selector=${JOB_NAME}=${job}`, '--output=json']);
  if (pods.code !== 0) return false;
  const { items } = JSON.parse(pods.stdout);
  if (items.some(({ status }: ApiObject) => status.phase !== 'Pending')) return false;
  return (await kubectl.attempt(['delete', 'job', job, '--wait=false'])).code === 0;
}

/** Prints all that a pod says until it ends, also over a connection that breaks. */
async function printLog({ terminal, signal }: World, kubectl: Kubectl, pod: string): Promise<void> {
  // `coped migrate … | head`: who does not read on must not hold up the rest.
  const print = (...since: string[]) => {
    const { output } = terminal.streams;
    return kubectl.attempt(['logs', pod, '--follow', ...since], output.destroyed ? {} : { output });
  };
  const running = async () => {
    const found = await kubectl.find('pod', pod);
    return found && !['Succeeded', 'Failed'].includes(found.status.phase) ? 'it runs' : undefined;
  };
  await print();
  let quietSince = Date.now();
  const progress = { progress: (text: string) => terminal.say(text) };
  const missing = async () => {
    const state = await running();
    const quiet = Math.ceil((Date.now() - quietSince) / 1000);
    // The log ends a moment before the pod is known to have ended. Later than that, it was the connection that broke.
    if (state && quiet > SETTLES) {
      await print(`--since=${quiet}s`);
      quietSince = Date.now();
    }
    return state;
  };
  await until(progress, `the end of ${pod}`, missing, { within: DAY, signal });
}
