import { setTimeout as pause } from 'node:timers/promises';
import type { Application } from '../../lib/application';
import type { Environment } from '../../lib/environments/environment';
import { type ApiObject, mainOf, templateOf } from '../cluster/api-object';
import type { Kubectl } from '../cluster/kubectl';
import { CliError, InterruptedError, NotUpError } from '../terminal/errors';
import { eachLine } from './logs';
import type { Source } from './tree';

/** A component whose pods have a copy of a folder that can be written. */
export interface Copied {
  readonly component: string;
  readonly source: Source;
  /** Port of a server that loads its code once and notices when it changes; others read it each time. */
  readonly port?: number;
  /** Paths that Kubernetes asks for every few seconds: first the one that answers as long as the process works. */
  readonly probes: readonly string[];
}

/**
 * Which components can be edited, as the cluster has them: the manifests may be older than what is on this machine.
 * @throws CliError where there is nothing to edit
 */
export async function copiedComponents(
  kubectl: Kubectl,
  { name, application }: Environment,
  sources: readonly Source[],
): Promise<Copied[]> {
  const deployments = await kubectl.list('deployments');
  if (deployments.length === 0) {
    throw new NotUpError(`${name} is not on ${kubectl.context}`, 'Start it with `npx coped up`');
  }
  const found = deployments.flatMap((deployment) => copied(deployment, sources, application));
  if (found.some(({ port }) => port !== undefined)) return found;
  throw new CliError(
    `nothing that runs in ${kubectl.namespace} can be edited: it comes from an older release of these manifests`,
    'Update it with `npx coped up`',
  );
}

function copied(deployment: ApiObject, sources: readonly Source[], application: Application): Copied[] {
  const container = mainOf(templateOf(deployment));
  const { name: component = '', ports, volumeMounts: mounts = [] } = container;
  const target = mounts.find(({ name }) => name === 'code')?.mountPath;
  const source = sources.find((one) => one.target === target);
  const isLive = mounts.some(({ name }) => name === 'live');
  // A server without live.py would go on with what it has loaded.
  if (source === undefined || (target === application.source?.code && !isLive)) return [];
  const probes = [container.livenessProbe, container.readinessProbe, container.startupProbe].flatMap(
    (probe) => probe?.httpGet?.path ?? [],
  );
  return [{ component, source, probes, ...(isLive && { port: ports?.[0]?.containerPort }) }];
}

/** One life of a container: a restart is another one. */
export interface Life {
  readonly pod: string;
  readonly component: string;
  /** When it started; absent while it does not run. */
  readonly since?: string;
  /** The pod is being deleted. */
  readonly ending: boolean;
}

/** Milliseconds before kubectl is started again, whose watch ends from time to time. */
const AGAIN = 1000;

const FIELDS = [
  '.metadata.name',
  '.metadata.labels.app\\.kubernetes\\.io/component',
  '.spec.containers[0].name',
  '.metadata.deletionTimestamp',
  '.status.containerStatuses[*].state.running.startedAt',
];
// No tabs: kubectl makes columns of them.
const TEMPLATE = `${FIELDS.map((field) => `{${field}}`).join('|')}{"\\n"}`;

/** Reports every pod of some components, and every change of it, until the signal ends that. */
export async function followPods(
  kubectl: Kubectl,
  components: readonly string[],
  { signal, heard, failed }: Following,
): Promise<void> {
  const selector = `app.kubernetes.io/component in (${components.join(',')}),!coped.org/one-off`;
  const args = ['get', 'pods', `--selector=${selector}`, '--watch', `--output=jsonpath=${TEMPLATE}`];
  const output = () =>
    eachLine((line) => {
      const [pod = '', component = '', container, ending, since] = line.split('|');
      if (container === component) heard({ pod, component, ending: ending !== '', ...(since && { since }) });
    });
  while (!signal.aborted) {
    try {
      const { code, stderr } = await kubectl.attempt(args, { output: output() });
      if (code !== 0) failed(stderr.trim().split('\n').at(-1) ?? '');
      await pause(AGAIN, undefined, { signal });
    } catch (error) {
      if (!signal.aborted && !(error instanceof InterruptedError)) throw error;
    }
  }
}

export interface Following {
  readonly signal: AbortSignal;
  readonly heard: (life: Life) => void;
  readonly failed: (reason: string) => void;
}
