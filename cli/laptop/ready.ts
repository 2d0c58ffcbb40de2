import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { missing } from '../cluster/readiness';
import { type Progress, until } from '../cluster/waiting';
import type { Trouble } from '../diagnosis/trouble';
import { type Said, saidBy } from '../diagnosis/waits';
import { workloadTrouble } from '../diagnosis/workloads';
import { CliError, GaveUpError } from '../terminal/errors';
import { hasFailed, type Lost, lostPod, stuckPods } from './past-help';

export interface Awaited {
  readonly environment: string;
  /** `Deployment/web` of all that starts by itself. */
  readonly names: readonly string[];
  /** Images that are built here: no registry will ever have them. */
  readonly own: readonly string[];
  readonly signal: AbortSignal;
}

/** A workload that is not ready. */
interface Open {
  readonly name: string;
  readonly trouble: Trouble;
  readonly lost?: Lost;
  /** Waiting does not help. */
  readonly hopeless: boolean;
}

/** Seconds. Elasticsearch's image is large, and the way to it may be long. */
const PATIENCE = 1200;
const LOG_LINES = 8;

export const nameOf = ({ kind, metadata }: ApiObject): string => `${kind}/${metadata.name}`;

/** Whether an object starts by itself, and is ready, or complete, at some time. */
export const isAwaited = ({ kind }: { kind: string }): boolean =>
  ['Deployment', 'StatefulSet', 'Job'].includes(kind);

/** Whether a workload is not ready, or has failed. */
export const lacks = (workload: ApiObject): boolean => hasFailed(workload) || missing(workload) !== undefined;

/**
 * Waits until workloads serve, or are complete, and tells what each that is not waits for.
 * @throws CliError with the causes, as soon as waiting cannot help
 */
export async function untilReady(kubectl: Kubectl, step: Progress, awaited: Awaited): Promise<void> {
  let open: readonly Open[] = [];
  const look = async () => {
    const objects: ApiObject[] = (await kubectl.get('deployments,statefulsets,jobs,pods,events')).items;
    open = openAmong(objects, kubectl, awaited, await saidBy(kubectl, objects, new Date()));
    if (open.length === 0) return undefined;
    await replaceStuck(kubectl, objects);
    if (open.some(({ hopeless }) => hopeless)) throw new GaveUpError('');
    return open.map(({ name, trouble }) => `${name.replace(/^.*\//, '')} (${short(trouble)})`).join(', ');
  };
  try {
    await until(step, 'pods', look, { within: PATIENCE, signal: awaited.signal });
  } catch (error) {
    if (open.length === 0 || awaited.signal.aborted) throw error;
    throw await failure(kubectl, open);
  }
}

function openAmong(objects: readonly ApiObject[], kubectl: Kubectl, awaited: Awaited, said: Said): Open[] {
  const events = objects.filter(({ kind, type }) => kind === 'Event' && type === 'Warning');
  const scene = { environment: awaited.environment, kind: 'local' as const, kubectl, events, said };
  return awaited.names.flatMap((name): Open[] => {
    const workload = objects.find((object) => nameOf(object) === name);
    if (!workload) return [{ name, trouble: ABSENT, hopeless: false }];
    const pods = podsOf(workload, objects);
    const trouble = workloadTrouble(workload, pods, scene);
    const lost = lostPod(workload, pods, awaited.own);
    return trouble ? [{ name, trouble, lost, hopeless: lost !== undefined || hasFailed(workload) }] : [];
  });
}

/**
 * `1/1 missing; web-0: it waits; more: details`. A line of a log may hold all of these signs, and is the end of its reason.
 */
const PARTS = /^(?<lack>.*?)(; [^:]*: (?<ofPod>.* says ".*"|.*?)(; .*|: .*)?)?$/s;

/** All of them have to fit on a line: what the newest pod waits for, without the details. */
const short = ({ reason }: Trouble): string => {
  const { lack, ofPod } = PARTS.exec(reason)?.groups ?? {};
  return ofPod ?? lack ?? reason;
};

const ABSENT: Trouble = { reason: 'it is not there', next: 'Somebody has deleted it' };

const podsOf = ({ spec }: ApiObject, objects: readonly ApiObject[]): ApiObject[] => {
  const wanted = Object.entries(spec.selector?.matchLabels ?? {});
  return objects.filter(
    ({ kind, metadata }) =>
      kind === 'Pod' && wanted.every(([label, value]) => metadata.labels?.[label] === value),
  );
};

async function replaceStuck(kubectl: Kubectl, objects: readonly ApiObject[]): Promise<void> {
  const sets = objects.filter(({ kind }) => kind === 'StatefulSet');
  const stuck = sets.flatMap((set) => stuckPods(set, podsOf(set, objects)));
  if (stuck.length > 0) await kubectl.run(['delete', 'pod', ...stuck, '--ignore-not-found', '--wait=false']);
}

/** First what stands in everybody's way; who only waits for that is named and no more. */
async function failure(kubectl: Kubectl, open: readonly Open[]): Promise<CliError> {
  const causes = open.some(({ hopeless }) => hopeless) ? open.filter(({ hopeless }) => hopeless) : open;
  const others = open.filter((one) => !causes.includes(one)).map(({ name }) => name);
  const told = await Promise.all(
    causes.map(async ({ name, trouble, lost }) => {
      const next = lost?.why === 'own image' ? REBUILD : trouble.next;
      return [`  ${name}: ${trouble.reason}`, ...(await lastWords(kubectl, lost)), `    ${next}`].join('\n');
    }),
  );
  const waiting = others.length > 0 ? [`  not ready yet, either: ${others.join(', ')}`] : [];
  return new CliError(
    ['not everything serves', ...told, ...waiting].join('\n'),
    'Mend that, then run it again: it takes up where it stopped',
  );
}

const REBUILD = '`npx coped up --build` builds it and loads it again';

async function lastWords(kubectl: Kubectl, lost: Lost | undefined): Promise<string[]> {
  if (lost?.why !== 'crash') return [];
  const args = ['logs', lost.pod, `--container=${lost.container}`, `--tail=${LOG_LINES}`];
  const { stdout } = await kubectl.attempt(args);
  const lines = stdout.trimEnd().split('\n').filter(Boolean);
  return lines.map((line) => `    | ${line.slice(0, 160)}`);
}
