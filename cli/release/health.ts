import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { isReady, podState } from '../cluster/readiness';
import { until } from '../cluster/waiting';
import { CliError, GaveUpError, InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { causeOf } from './cause';
import { waitsForMigration } from './gate';
import { signOf } from './hopeless';
import { releaseStuckPods } from './stuck';
import { type Workload, workloadsOf } from './workloads';

export interface Awaited {
  /** The environment's name, for commands that can be copied. */
  readonly environment: string;
  /** The schema is there: pods that still wait for it are about to notice. Otherwise waiting for it is an end, too. */
  readonly migrated?: boolean;
  /** What to do if it does not get well; the remedy of the cause if absent. */
  readonly next?: string;
  /** Seconds after which it is given up. */
  readonly within?: number;
}

export interface Health {
  /** `Deployment/web`, …: all that is missing there is the migration. */
  readonly waiting: readonly string[];
}

/** A search engine of several nodes takes its time: they restart one after the other. */
const WITHIN = 900;
/** Workloads that a line of progress speaks of. */
const TOLD = 2;

/**
 * Waits until everything in a release serves or is complete. Gives up early where waiting is no use.
 *
 * @param manifests objects of the release; those without pods are ignored
 * @throws CliError with the cause on one screen
 */
export async function waitForHealth(
  { terminal, signal }: Pick<World, 'terminal' | 'signal'>,
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  { environment, migrated = false, next, within = WITHIN }: Awaited,
): Promise<Health> {
  const seen = new Map<string, number>();
  let waiting: readonly string[] = [];
  let last: Look | undefined;
  const missing = async (): Promise<string | undefined> => {
    const look = await lookAt(kubectl, manifests);
    last = look;
    await releaseStuckPods(kubectl, look.open);
    const gated = await Promise.all(look.open.map((one) => waitsForMigration(kubectl, one)));
    const rest = look.open.filter((_, i) => migrated || !gated[i]);
    waiting = migrated ? [] : look.open.filter((_, i) => gated[i]).map(({ name }) => name);
    look.worst = worstOf(rest, look.events, seen);
    if (look.worst) throw new GaveUpError('it will not get ready by itself');
    return rest.length > 0 ? told(rest) : undefined;
  };
  try {
    await terminal.step('Waiting until all is ready', (step) => {
      const report = { progress: (text: string) => step.progress(text.replace(/^waiting for pods: /, '')) };
      return until(report, 'pods', missing, { within, signal });
    });
    return { waiting };
  } catch (error) {
    const worst = last?.worst ?? last?.open[0];
    if (error instanceof InterruptedError || !last || !worst) throw error;
    const cause = await causeOf(kubectl, environment, last.open, worst, last.events);
    const patience = last.worst ? '' : ` after ${within} s`;
    throw new CliError(
      `${environment} is not healthy${patience}\n  ${cause.reason}`,
      withNext(cause.next, next),
    );
  }
}

interface Look {
  readonly open: readonly Workload[];
  readonly events: readonly ApiObject[];
  worst?: Workload;
}

async function lookAt(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<Look> {
  const open = (await workloadsOf(kubectl, manifests)).filter(({ lack }) => lack !== undefined);
  if (open.length === 0) return { open, events: [] };
  const warnings = ['--field-selector=type=Warning', '--sort-by=.metadata.creationTimestamp'];
  return { open, events: (await kubectl.get('events', ...warnings)).items };
}

/** The first workload with a sign that it is no use, and that for long enough. */
function worstOf(
  open: readonly Workload[],
  events: readonly ApiObject[],
  seen: Map<string, number>,
): Workload | undefined {
  const signs = open.map((workload) => ({ workload, sign: signOf(workload, events) }));
  const current = new Set(signs.map(({ sign }) => sign?.of));
  for (const of of seen.keys()) if (!current.has(of)) seen.delete(of);
  for (const { sign } of signs) if (sign) seen.set(sign.of, (seen.get(sign.of) ?? 0) + 1);
  return signs.find(({ sign }) => sign && (seen.get(sign.of) ?? 0) >= sign.looks)?.workload;
}

function told(open: readonly Workload[]): string {
  const lines = open.slice(0, TOLD).map(({ name, lack, pods }) => {
    const pod = pods.find((one) => !isReady(one) && one.status?.phase !== 'Failed');
    return [name, lack, ...(pod ? [`(${podState(pod)})`] : [])].join(' ');
  });
  return [...lines, ...(open.length > TOLD ? [`${open.length - TOLD} more`] : [])].join('; ');
}

const withNext = (remedy: string, next?: string): string => (next ? `${remedy}\n  ${next}` : remedy);
