import { randomBytes } from 'node:crypto';
import type { Environment } from '../../lib/environments/environment';
import { Interrupted } from '../cluster/execute';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { isReady, podState } from '../cluster/readiness';
import { type Progress, until } from '../cluster/waiting';
import type { World } from '../world';
import { CALL, callerPod, DENIAL, listenerPod } from './canary-objects';
import { type Finding, lastLine, ok, problem, warning } from './finding';

const ABOUT = 'network policies';
/** Seconds: an image may have to be fetched; a plug-in takes a moment to learn of a policy. */
const START = 240;
const EFFECT = 30;

/** What a call from one pod to the other ended with. */
type Heard = 'connected' | 'stopped';

/**
 * Finds out whether the network plug-in enforces policies, by trying: of two pods in a namespace of their own, one calls the
 * other; a policy has to stop that, and its removal has to let it through again.
 */
export async function canary(world: World, kubectl: Kubectl, environment: Environment): Promise<Finding> {
  const name = `coped-doctor-${randomBytes(4).toString('hex')}`;
  const scope = kubectl.in(name);
  try {
    return await world.terminal.step('try a network policy with two pods', async (step) => {
      const refused = await makeNamespace(scope, name);
      return refused ?? (await trial(scope, step, environment.images.postgres, world.signal));
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return warning(ABOUT, `could not be tried: ${(error as Error).message.split('\n')[0]}`, AGAIN);
  } finally {
    await kubectl.attempt(['delete', 'namespace', name, '--ignore-not-found', '--wait=false'], {
      evenIfInterrupted: true,
    });
  }
}

const AGAIN = 'Run it again; `kubectl get events --all-namespaces` may say more';

/** Under the same rules as our own; not everybody may make one. */
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

async function trial(kubectl: Kubectl, step: Progress, image: string, signal: AbortSignal): Promise<Finding> {
  await kubectl.apply([listenerPod(image), callerPod(image)]);
  await until(step, 'two pods', () => notReady(kubectl), { within: START, signal });
  const address: string = (await kubectl.get('pod', 'listener')).status.podIP;
  const becomes = (wanted: Heard) =>
    until(
      step,
      `the call to be ${wanted}`,
      async () => ((await call(kubectl, address)) === wanted ? undefined : 'not yet'),
      {
        within: EFFECT,
        signal,
      },
    ).then(
      () => true,
      (error) => {
        if (error instanceof Interrupted) throw error;
        return false;
      },
    );

  if (!(await becomes('connected'))) {
    return problem(
      ABOUT,
      'two pods cannot reach each other although no policy forbids it',
      'Look after the network plug-in',
    );
  }
  await kubectl.apply([DENIAL]);
  if (!(await becomes('stopped'))) {
    return problem(ABOUT, 'accepted and ignored: every pod reaches every other', ENFORCE);
  }
  await kubectl.run(['delete', 'networkpolicy', DENIAL.metadata.name]);
  return (await becomes('connected'))
    ? ok(
        ABOUT,
        'enforced: a call came through, a policy stopped it, without the policy it came through again',
      )
    : warning(ABOUT, 'a call was stopped, and still is without the policy', AGAIN);
}

const ENFORCE =
  'Use a network plug-in that enforces them: kind 0.24 or newer, `minikube start --cni=calico`, Calico or Cilium on a real cluster';

async function notReady(kubectl: Kubectl): Promise<string | undefined> {
  const pods: ApiObject[] = (await kubectl.get('pods')).items;
  const open = pods.filter((pod) => !isReady(pod));
  return open.length > 0 || pods.length < 2 ? open.map(podState).join('; ') || 'not there yet' : undefined;
}

/** @throws Error if the call could not be made at all: that proves nothing */
async function call(kubectl: Kubectl, address: string): Promise<Heard> {
  const heard = (await kubectl.run(['exec', 'caller', '--', ...CALL, address], { within: 30 })).trim();
  if (heard === 'connected' || heard === 'stopped') return heard;
  throw new Error(`the call ended with "${heard}"`);
}
