import type { ApiObject, Ended } from '../../cluster/api-object';
import { isReady } from '../../cluster/readiness';
import { containersOf, type Diagnosis, Looks, lastWarning } from '../../cluster/rollout/diagnosis';
import { podDiagnosis } from '../../cluster/rollout/pods';
import type { Site } from '../../cluster/site';
import { type Progress, until } from '../../cluster/waiting';
import { Connections } from './connections';
import type { Program } from './programs';

/** What a program has done. */
export interface Seen {
  /** It has done what it should. */
  readonly good: boolean;
  /** Why it could not be started at all. */
  readonly why?: Diagnosis;
  readonly ended?: Ended;
  /** What its probes complained about last. */
  readonly unhealthy?: string;
  readonly log: string;
  /** Addresses that it called, and that did not answer. */
  readonly unanswered: readonly string[];
}

/** Seconds in which its image has to be pulled, and its pod to be scheduled. */
const START = 300;
const LINES = 400;
/** A server that answers so will not answer differently in a minute. */
const REFUSED = /statuscode: 4\d\d/;

/** Runs a program once, and looks at it meanwhile. */
export async function runOnce(
  { kubectl, world: { signal }, environment }: Site,
  progress: Progress,
  program: Program,
  services: ReadonlySet<string>,
): Promise<Seen> {
  const { name } = program.pod.metadata;
  const connections = new Connections(services);
  const looks = new Looks();
  let seen: Omit<Seen, 'log' | 'unanswered'> = { good: false };
  const [created, own] = [Date.now(), [environment.images.django]];
  let began: number | undefined;

  const look = async (): Promise<string | undefined> => {
    const [pod, events] = await Promise.all([
      kubectl.get('pod', name),
      kubectl.list('events', '--field-selector=type=Warning'),
    ]);
    const scene = { environment: environment.name, kind: environment.kind, kubectl, events, own };
    const main = pod.status?.containerStatuses?.[0]?.state;
    if (main?.running) began ??= Date.now();
    const ran = since(began);
    const unhealthy = lastWarning(scene, pod.metadata.uid, /Unhealthy/);
    seen = { good: false, unhealthy };
    if (['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')) {
      const ended = endOf(pod);
      seen = { ...seen, ended, good: ended?.exitCode === program.ends };
      return undefined;
    }
    if (!main?.running) {
      const why = podDiagnosis(pod, scene);
      const isOver = why && looks.over([{ ...why, cause: why.reason.split(': ')[0] ?? '' }]);
      if (!isOver && since(created) < START) return why?.reason ?? 'starting';
      seen = { ...seen, why };
      return undefined;
    }
    await connections.look(kubectl, name);
    const isOver = ran >= program.within;
    const works = program.ends === undefined && isReady(pod) && ran >= program.lasts;
    seen = { ...seen, good: works || (isOver && program.long === true) };
    return works || isOver || REFUSED.test(unhealthy ?? '') ? undefined : 'it runs';
  };

  await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(program.pod) });
  await until(progress, program.name, look, { within: START + program.within + 60, signal });
  const { stdout } = await kubectl.attempt(['logs', name, `--tail=${LINES}`]);
  await kubectl.attempt(['delete', 'pod', name, '--wait=false']);
  return { ...seen, log: stdout, unanswered: connections.unanswered };
}

const since = (time = Date.now()): number => (Date.now() - time) / 1000;

/** How the container ended that has failed, or else the last one. */
function endOf(pod: ApiObject): Ended | undefined {
  const ends = containersOf(pod).map(({ state }) => state?.terminated);
  return ends.find((one) => (one?.exitCode ?? 0) !== 0) ?? ends.at(-1);
}
