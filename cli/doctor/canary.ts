import { randomBytes } from 'node:crypto';
import type { ClusterSettings } from '../../lib/environments/cluster';
import type { Environment } from '../../lib/environments/environment';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { isReady, podState } from '../cluster/readiness';
import { Pulls } from '../cluster/rollout/pulls';
import { type Progress, until } from '../cluster/waiting';
import { GaveUpError, InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { CALL, callerPod, DENIAL, listenerPod, RESOLVE, SERVICE } from './canary-objects';
import { type Finding, lastLine, ok, problem, warning } from './finding';

const ABOUT = 'network policies';
/** Seconds: an image may have to be fetched; a plug-in takes a moment to learn of a policy. */
const START = 240;
const EFFECT = 30;

/** What a call from one pod to the other ended with. */
type Heard = 'connected' | 'stopped' | 'unknown';

/**
 * Finds out whether the network plug-in enforces policies, by trying: of two pods in a namespace of their own, one calls the
 * other, by its address and by the name of a Service; a policy has to stop that, and its removal has to let it through again.
 * Where there are two nodes, each has one of the pods.
 */
export async function canary(world: World, kubectl: Kubectl, environment: Environment): Promise<Finding[]> {
  const name = `coped-doctor-${randomBytes(4).toString('hex')}`;
  const scope = kubectl.in(name);
  try {
    return await world.terminal.step('try a network policy with two pods', async (step) => {
      const refused = await makeNamespace(scope, name);
      return refused ? [refused] : await trial(scope, step, environment, world.signal);
    });
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return [warning(ABOUT, `could not be tried: ${(error as Error).message.split('\n')[0]}`, AGAIN)];
  } finally {
    await kubectl.attempt(['delete', 'namespace', name, '--ignore-not-found', '--wait=false'], {
      evenIfInterrupted: true,
    });
  }
}

const AGAIN = 'Run it again; `kubectl get events --all-namespaces` may say more';

/** Under the same rules as our own; not every user may create one. */
async function makeNamespace(kubectl: Kubectl, name: string): Promise<Finding | undefined> {
  const labels = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'app.kubernetes.io/part-of': 'coped-doctor',
  };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
  const { code, stderr } = await kubectl.attempt(['create', '--filename=-'], {
    input: JSON.stringify(namespace),
  });
  if (code === 0) return undefined;
  return warning(
    ABOUT,
    `could not be tried: ${lastLine(stderr)}`,
    'Ask the administrators whether policies are enforced',
  );
}

/** What the pods are tried with. */
interface Trial {
  readonly kubectl: Kubectl;
  readonly step: Progress;
  readonly signal: AbortSignal;
  /** `two pods`, or where they are, if on two nodes. */
  readonly pair: string;
  readonly address: string;
}

async function trial(
  kubectl: Kubectl,
  step: Progress,
  { images: { postgres }, cluster: { nodes } }: Environment,
  signal: AbortSignal,
): Promise<Finding[]> {
  const apart = (await usableNodes(kubectl, nodes)).length > 1;
  await kubectl.apply([listenerPod(postgres, nodes), callerPod(postgres, nodes, apart), SERVICE]);
  const pulls = new Pulls(kubectl);
  const missing = async () => {
    const pods = await kubectl.list('pods');
    await pulls.look(pods);
    return notReady(pods);
  };
  try {
    await until(step, 'two pods', missing, { within: START, signal });
  } catch (error) {
    if (error instanceof GaveUpError) return [problem('images', error.message, error.next)];
    throw error;
  }
  const listener = await kubectl.get('pod', 'listener');
  const caller = await kubectl.get('pod', 'caller');
  const pair = apart ? `two pods, on ${listener.spec?.nodeName} and ${caller.spec?.nodeName},` : 'two pods';
  const tried = { kubectl, step, signal, pair, address: listener.status?.podIP ?? '' };
  if (!(await becomes(tried, 'connected', [...CALL, tried.address]))) {
    const found = `${pair} cannot reach each other although no policy forbids it`;
    const what = apart ? 'the network between the nodes: its plug-in, and firewalls' : 'the network plug-in';
    return [problem(ABOUT, found, `Check ${what}`)];
  }
  return [await byName(tried), await policy(tried)];
}

/** Machines that take pods like ours. */
async function usableNodes(
  kubectl: Kubectl,
  { selector, tolerations }: ClusterSettings['nodes'],
): Promise<ApiObject[]> {
  const isTolerated = (taint: Taint): boolean =>
    taint.effect === 'PreferNoSchedule' ||
    tolerations.some(
      ({ key, value = taint.value, effect = taint.effect }) =>
        key === taint.key && value === taint.value && effect === taint.effect,
    );
  const nodes = await kubectl.list('nodes');
  return nodes.filter(
    (node) =>
      isReady(node) &&
      !node.spec?.unschedulable &&
      (node.spec?.taints ?? []).every(isTolerated) &&
      Object.entries(selector).every(([key, value]) => node.metadata.labels?.[key] === value),
  );
}

type Taint = NonNullable<NonNullable<ApiObject['spec']>['taints']>[number];

/** Components find each other by the names of Services; from each machine the way to DNS is another one. */
async function byName(tried: Trial): Promise<Finding> {
  const about = 'names in the cluster';
  for (const from of ['caller', 'listener']) {
    if (await becomes(tried, 'connected', [...RESOLVE, SERVICE.metadata.name], from)) continue;
    const { spec } = await tried.kubectl.get('pod', from);
    const found = `a pod on ${spec?.nodeName} cannot resolve the name of a Service, and COPED uses such names everywhere`;
    const see = 'kubectl --namespace=kube-system get pods --selector=k8s-app=kube-dns --output=wide';
    return problem(
      about,
      found,
      `Check that CoreDNS runs, and that this node can reach its node: \`${see}\``,
    );
  }
  if (await becomes(tried, 'connected', [...CALL, SERVICE.metadata.name])) {
    return ok(about, `found: of ${tried.pair} one has reached the other by the name of its Service`);
  }
  const found =
    'the name of a Service resolves, but no connection reaches its pod; the pod itself can be reached';
  return problem(about, found, 'Check kube-proxy, or what the network plug-in has in its place');
}

async function policy(tried: Trial): Promise<Finding> {
  const { kubectl, address } = tried;
  await kubectl.apply([DENIAL]);
  if (!(await becomes(tried, 'stopped', [...CALL, address]))) {
    return problem(ABOUT, 'accepted and ignored: every pod reaches every other', ENFORCE);
  }
  await kubectl.run(['delete', 'networkpolicy', DENIAL.metadata.name]);
  return (await becomes(tried, 'connected', [...CALL, address]))
    ? ok(
        ABOUT,
        'enforced: a call came through, a policy stopped it, without the policy it came through again',
      )
    : warning(ABOUT, 'a call was stopped, and still is without the policy', AGAIN);
}

/** Whether something becomes so within a while: a change of policies takes a moment to take effect. */
const becomes = (
  { kubectl, step, signal }: Trial,
  wanted: Heard,
  command: readonly string[],
  from = 'caller',
): Promise<boolean> =>
  until(
    step,
    `the call to be ${wanted}`,
    async () => ((await heard(kubectl, from, command)) === wanted ? undefined : 'not yet'),
    { within: EFFECT, signal },
  ).then(
    () => true,
    (error) => {
      if (error instanceof InterruptedError) throw error;
      return false;
    },
  );

const ENFORCE =
  'Use a network plug-in that enforces them: kind 0.24 or newer, `minikube start --cni=calico`, Calico or Cilium on a real cluster';

function notReady(pods: readonly ApiObject[]): string | undefined {
  const open = pods.filter((pod) => !isReady(pod));
  return open.length > 0 || pods.length < 2 ? open.map(podState).join('; ') || 'not there yet' : undefined;
}

/** @throws Error if the call could not be made at all: that proves nothing */
async function heard(kubectl: Kubectl, from: string, command: readonly string[]): Promise<Heard> {
  const said = (await kubectl.run(['exec', from, '--', ...command], { within: 60 })).trim();
  if (said === 'connected' || said === 'stopped' || said === 'unknown') return said;
  throw new Error(`the call ended with "${said}"`);
}
