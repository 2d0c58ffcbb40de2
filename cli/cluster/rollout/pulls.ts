import { GaveUpError } from '../../terminal/errors';
import type { ApiObject } from '../api-object';
import type { Kubectl } from '../kubectl';
import {
  AT_ONCE,
  type Diagnosis,
  isAbout,
  Looks,
  lastWarning,
  MINUTES,
  type Scene,
  waitingFor,
} from './diagnosis';
import failures from './pulls.json';

/** Tries of the kubelet, the second some ten seconds after the first: once may be a hiccup. */
const TWICE = 2;
/** Half a minute: with a second failure before its end, the next tries will fail as well. */
const HALF_A_MINUTE = 30;

const PUSH =
  'Push it (on a laptop: load it into the cluster), or fix its name in lib/environments and deploy again; ' +
  'see also docs/clusters.md#a-private-registry';

/** Registries and runtimes word it in many ways: the first that matches. */
const FAILURES: readonly { said: string; why: string; next?: string; final?: boolean }[] = failures;

const FAILED = /^Failed: .*pull(ing)? image/is;

/** An image cannot be pulled. Waiting is over when it has failed twice, or another try cannot help. */
export function image(pod: ApiObject, { own, events }: Pick<Scene, 'own' | 'events'>): Diagnosis | undefined {
  const container = waitingFor(pod, /Image|Registry/);
  if (!container) return undefined;
  const { image: name = '', state } = container;
  const { uid } = pod.metadata;
  // Older kubelets say while they wait for the next try only that they do.
  const last = lastWarning({ events }, uid, FAILED);
  const said = [state?.waiting?.reason, state?.waiting?.message, last].join(' ').replaceAll(name, '');
  const { why = '', next = PUSH, final } = FAILURES.find((one) => RegExp(one.said, 'i').test(said)) ?? {};
  const tries = events
    .filter((event) => isAbout(event, uid, FAILED))
    .reduce((sum, { count, series }) => sum + (series?.count ?? count ?? 1), 0);
  return {
    reason: `the image ${name} cannot be pulled: ${why}`,
    next,
    looks: final || own?.includes(name) ? AT_ONCE : tries >= TWICE ? HALF_A_MINUTE : MINUTES,
  };
}

/** Ends a wait for pods whose image does not come. */
export class Pulls {
  private readonly looks = new Looks();

  constructor(private readonly kubectl: Kubectl) {}

  /** @throws GaveUpError with the image and the reason */
  async look(pods: readonly ApiObject[]): Promise<void> {
    const waiting = pods.some((pod) => image(pod, { events: [] }));
    const events = waiting ? await this.kubectl.list('events', '--field-selector=type=Warning') : [];
    const found = pods.flatMap((pod) => image(pod, { events }) ?? []);
    const over = this.looks.over(found.map((one) => ({ ...one, cause: one.reason })));
    if (over) throw new GaveUpError(over.reason, over.next);
  }
}
