import type { Writable } from 'node:stream';
import { CliError, GaveUpError, InterruptedError } from '../../terminal/errors';
import type { ApiObject } from '../api-object';
import { type Outcome, outcomeOf } from '../jobs';
import { objectsIn } from '../kubectl';
import type { Site } from '../site';
import { until } from '../waiting';
import { dnsFirst } from './advice';
import { type Diagnosis, Looks, lastWarning } from './diagnosis';
import { podDiagnosis } from './pods';
import { lackOf } from './workloads';

const JOB_NAME = 'batch.kubernetes.io/job-name';
/** Seconds that the first pod may take to start: an image may have to be pulled. */
const START = 300;
/** Seconds between two tries at most: Kubernetes waits longer after each. */
const NEXT_TRY = 600;
/** Seconds within which the end of a container becomes the end of its pod. */
const SETTLES = 5;
/** Seconds. The Job has a deadline of its own. */
const DAY = 86_400;

export interface JobEnd extends Outcome {
  readonly tries: number;
  /** What has to be seen to first, after what its log says; empty if there is nothing. */
  readonly first: string;
}

/**
 * Writes the log of a Job from its first line on, over every try, until the Job has ended.
 * @param again the command that continues after an interruption
 * @throws CliError if it does not start, or cannot be followed
 */
export async function followJob(site: Site, job: string, output: Writable, again: string): Promise<JobEnd> {
  const { world, kubectl } = site;
  const tried: string[] = [];
  let first = '';
  try {
    for (;;) {
      const pod = await nextPod(site, job, tried, again);
      if (pod === undefined) break;
      if (tried.length > 0)
        world.terminal.say(`${tried.at(-1)} has failed; Kubernetes tries again with ${pod}`);
      tried.push(pod);
      await writeLog(site, pod, output, (text) => {
        first ||= dnsFirst(text, site.environment.name);
      });
    }
    const found = await kubectl.find('job', job);
    const outcome = (found && outcomeOf(found)) ?? { good: false, message: 'it was deleted' };
    return { ...outcome, tries: tried.length, first };
  } catch (error) {
    const following = `Follow it: \`${again}\``;
    if (error instanceof InterruptedError) {
      const stop = `Stop it: \`${kubectl.typed('delete', 'job', job)}\``;
      throw new InterruptedError(`${job} goes on in the cluster. ${following}\n${stop}`);
    }
    if (error instanceof CliError) throw error;
    const [reason = ''] = (error as Error).message.split('\n');
    throw new CliError(reason, `${job} goes on in the cluster. ${following}`);
  }
}

/** The next pod that has started; undefined once the Job has ended without one. */
async function nextPod(
  site: Site,
  job: string,
  tried: readonly string[],
  again: string,
): Promise<string | undefined> {
  const { world, kubectl } = site;
  const { terminal, signal } = world;
  const [what, within] = tried.length > 0 ? [`the result of ${job}`, NEXT_TRY] : [`${job} starts`, START];
  let started: string | undefined;
  const looks = new Looks();
  const missing = async (): Promise<string | undefined> => {
    const { pod, lack, why } = await startOf(site, job, tried);
    started = pod;
    const cause = why?.reason.split(': ')[0] ?? '';
    if (why && looks.over([{ ...why, cause }])) throw new GaveUpError(why.reason, why.next);
    return lack;
  };
  try {
    await terminal.step(what, (step) => until(step, `a pod of ${job}`, missing, { within, signal }));
  } catch (error) {
    if (error instanceof InterruptedError || tried.length > 0) throw error;
    throw new CliError(
      `${job} could not start: ${(error as Error).message.split('\n')[0]}`,
      (await removed(site, job))
        ? `${error instanceof GaveUpError ? `${error.next}. ` : ''}It was removed, and nothing has changed. Fix the cause, then run the same command again`
        : `It stays in the cluster. Follow it: \`${again}\`; or remove it: \`${kubectl.typed('delete', 'job', job)}\``,
    );
  }
  return started;
}

/** A pod that has started, or what the Job waits for; neither once the Job has ended without one. */
async function startOf(
  { environment: { name, kind }, kubectl }: Site,
  job: string,
  tried: readonly string[],
): Promise<{ readonly pod?: string; readonly lack?: string; readonly why?: Diagnosis }> {
  const pods = await kubectl.list('pods', `--selector=${JOB_NAME}=${job}`);
  const fresh = pods.find(({ metadata }) => !tried.includes(metadata.name));
  if (fresh && hasBegun(fresh)) return { pod: fresh.metadata.name };
  const found = await kubectl.find('job', job);
  const { lack, failed = true } = found ? lackOf(found) : {};
  if (lack === undefined || failed) return {};
  const events = await kubectl.list('events', '--field-selector=type=Warning');
  const scene = { environment: name, kind, kubectl, events };
  // The quota or Pod Security may reject the pod.
  if (!fresh) return { lack: lastWarning(scene, found?.metadata.uid, /FailedCreate/) ?? 'no pod yet' };
  const why = podDiagnosis(fresh, scene);
  return { lack: why?.reason ?? 'starting', why };
}

const hasBegun = ({ status }: ApiObject): boolean => (status?.phase ?? 'Pending') !== 'Pending';

/** Removes a Job of which no pod has run: the next one would be refused. */
async function removed({ kubectl }: Site, job: string): Promise<boolean> {
  const pods = await kubectl.attempt(['get', 'pods', `--selector=${JOB_NAME}=${job}`, '--output=json']);
  if (pods.code !== 0 || objectsIn(pods.stdout).some(hasBegun)) return false;
  return (await kubectl.attempt(['delete', 'job', job, '--wait=false'])).code === 0;
}

/** Writes the log of a pod until it ends, also over a connection that breaks. */
async function writeLog(
  { world, kubectl }: Site,
  pod: string,
  output: Writable,
  heard: (text: string) => void,
): Promise<void> {
  const { terminal, signal } = world;
  // `coped migrate … | head`: a closed pipe must not stop the rest.
  const write = (...since: string[]) =>
    kubectl.attempt(['logs', pod, '--follow', ...since], output.destroyed ? {} : { output, heard });
  await write();
  let quietSince = Date.now();
  const missing = async () => {
    const found = await kubectl.find('pod', pod);
    if (!found || ['Succeeded', 'Failed'].includes(found.status?.phase ?? '')) return undefined;
    const quiet = Math.ceil((Date.now() - quietSince) / 1000);
    // The log ends a moment before the pod is known to have ended. Later than that, the connection has broken.
    if (quiet > SETTLES) {
      await write(`--since=${quiet}s`);
      quietSince = Date.now();
    }
    return 'it runs';
  };
  const progress = { progress: (text: string) => terminal.say(text) };
  await until(progress, `the end of ${pod}`, missing, { within: DAY, signal });
}
