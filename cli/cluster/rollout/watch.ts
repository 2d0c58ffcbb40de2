import type { Environment } from '../../../lib/environments/environment';
import { CliError, GaveUpError, InterruptedError, NotUpError } from '../../terminal/errors';
import type { World } from '../../world';
import type { Kubectl } from '../kubectl';
import { type Leaving, leaving } from '../namespace-deletion';
import { until } from '../waiting';
import { Looks, type Scene } from './diagnosis';
import { lastLogLines } from './logs';
import { waitsForMigration } from './pods';
import { reportOf } from './report';
import { replaceStuckPods } from './stuck-pods';
import { workloadDiagnosis } from './workload-diagnosis';
import { type Workload, workloadsOf } from './workloads';

/** What is waited for. */
export interface Rollout {
  readonly environment: Pick<Environment, 'name' | 'kind'>;
  /** `Deployment/web`, … */
  readonly workloads: readonly string[];
  /** Images that are built here: no registry will ever have them. */
  readonly own?: readonly string[];
  /** The schema is there: pods that still wait for it are about to notice. Otherwise waiting for it is an end, too. */
  readonly migrated?: boolean;
  /** What to do besides, if it fails. */
  readonly next?: string;
  /** Seconds after which it is given up. */
  readonly within?: number;
}

export interface Health {
  /** `Deployment/web`, …: all that is missing there is the migration. */
  readonly waiting: readonly string[];
}

/** Large images have to be pulled, and nodes of a search engine restart one after the other. */
const WITHIN = 1200;
/** Workloads that a line of progress names. */
const NAMED = 3;

/** What one look has found. */
interface Look {
  readonly open: readonly Workload[];
  readonly scene: Scene;
  worst?: Workload;
}

/**
 * Waits until workloads are ready or complete, and shows what each that is not waits for. Gives up early where waiting does not help.
 * @throws CliError with the cause on one screen
 */
export async function watchRollout(
  { terminal, signal, now }: Pick<World, 'terminal' | 'signal' | 'now'>,
  kubectl: Kubectl,
  { environment, workloads, own, migrated = false, next, within = WITHIN }: Rollout,
): Promise<Health> {
  const seen = new Looks();
  let waiting: readonly string[] = [];
  let last: Look | undefined;
  let going: Leaving | undefined;
  const missing = async (): Promise<string | undefined> => {
    const open = (await workloadsOf(kubectl, workloads)).filter(({ lack }) => lack !== undefined);
    if (open.length === 0) waiting = [];
    if (open.length === 0) return undefined;
    // Waiting for what is deleted would take all of the time.
    if (open.some(({ object }) => !object)) going = await leaving(kubectl, now());
    if (going) throw new GaveUpError(going.reason);
    const scene = { ...(await sceneOf(kubectl, environment, open, now())), own };
    last = { open, scene };
    await replaceStuckPods(kubectl, open, environment.kind);
    const gated = migrated ? [] : await atGate(kubectl, open);
    waiting = gated.map(({ name }) => name);
    const rest = open.filter((one) => !gated.includes(one));
    last.worst = worstOf(rest, scene, seen);
    if (last.worst) throw new GaveUpError('it will not become ready by itself');
    return rest.length > 0 ? progressOf(rest, scene) : undefined;
  };
  try {
    await terminal.step(`Waiting until all is ready in ${kubectl.namespace}`, (step) => {
      const report = { progress: (text: string) => step.progress(text.replace(/^waiting for pods: /, '')) };
      return until(report, 'pods', missing, { within, signal });
    });
    return { waiting };
  } catch (error) {
    if (going) throw new NotUpError(going.reason, going.next);
    const worst = last?.worst ?? last?.open[0];
    if (error instanceof InterruptedError || !last || !worst) throw error;
    const { reason, next: remedy } = await reportOf(last.scene, last.open, worst);
    const after = last.worst ? '' : ` after ${within} s`;
    throw new CliError(
      `${environment.name} is not ready${after}\n  ${reason}`,
      [hasOwnImage(worst, own) ? REBUILD : remedy, next].filter(Boolean).join('\n  '),
    );
  }
}

const REBUILD = '`npx coped up --build` builds it and loads it again';

async function sceneOf(
  kubectl: Kubectl,
  { name: environment, kind }: Rollout['environment'],
  open: readonly Workload[],
  now: Date,
): Promise<Scene> {
  const warnings = ['--field-selector=type=Warning', '--sort-by=.metadata.creationTimestamp'];
  const pods = open.flatMap((workload) => workload.pods);
  const [events, logs] = await Promise.all([
    kubectl.list('events', ...warnings),
    lastLogLines(kubectl, pods, now),
  ]);
  return { environment, kind, kubectl, events, logs };
}

async function atGate(kubectl: Kubectl, open: readonly Workload[]): Promise<Workload[]> {
  const gated = await Promise.all(open.map((one) => waitsForMigration(kubectl, one)));
  return open.filter((_, i) => gated[i]);
}

/** The first workload for which waiting does not help, seen for long enough. */
function worstOf(open: readonly Workload[], scene: Scene, seen: Looks): Workload | undefined {
  const causes = open.flatMap((workload) => {
    const found = workload.object && workloadDiagnosis(workload.object, workload.pods, scene);
    return found ? [{ workload, cause: `${workload.name} ${found.cause}`, looks: found.looks }] : [];
  });
  return seen.over(causes)?.workload;
}

/** `web (it waits for …), postgres (0/1 ready)` */
function progressOf(open: readonly Workload[], scene: Scene): string {
  const parts = open.slice(0, NAMED).map(({ name, object, pods, lack }) => {
    const { short = lack } = (object && workloadDiagnosis(object, pods, scene)) ?? {};
    return `${name.replace(/^.*\//, '')} (${short})`;
  });
  return [...parts, ...(open.length > NAMED ? [`${open.length - NAMED} more`] : [])].join(', ');
}

const hasOwnImage = ({ pods }: Workload, own: readonly string[] = []): boolean =>
  pods.some(({ status }) =>
    status?.containerStatuses?.some(
      ({ image = '', state }) => own.includes(image) && /Image/.test(state?.waiting?.reason ?? ''),
    ),
  );
