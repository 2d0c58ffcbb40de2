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

/** Tries of the kubelet, the second some ten seconds after the first: once may be a hiccup. */
const TWICE = 2;
/** Half a minute: with a second failure before its end, the next tries will fail as well. */
const HALF_A_MINUTE = 30;

const PUSH =
  'Push it (on a laptop: load it into the cluster), or fix its name in lib/environments and deploy again; ' +
  'see also docs/clusters.md#a-private-registry';
const REACH = 'Check its name in lib/environments, and that the nodes can reach it';

interface Failure {
  readonly said: RegExp;
  readonly why: string;
  readonly next?: string;
  /** No other try will end differently. */
  readonly final?: true;
}

const DENIED = 'there is no such image, or the registry denies access';

/** Registries and runtimes word it in many ways. */
const FAILURES: readonly Failure[] = [
  {
    said: /toomanyrequests|too many requests|rate limit|\b429\b/i,
    why: 'the registry has had too many requests from here',
    next: 'Wait an hour, or let the cluster log in to it: docs/clusters.md#a-private-registry',
  },
  { said: /access denied/i, why: DENIED, final: true },
  { said: /denied|unauthorized|forbidden|authorization|\b40[13]\b/i, why: DENIED },
  {
    said: /timeout|timed out|deadline exceeded|refused|reset by|\bEOF\b/i,
    why: 'the registry does not answer',
    next: REACH,
  },
  { said: /unreachable|no route/i, why: 'its node has no route to the registry', next: REACH },
  {
    said: /no such host|lookup|name resolution/i,
    why: "its node cannot resolve the registry's name",
    next: REACH,
  },
  {
    said: /x509|certificate|\btls:|HTTP response to HTTPS/i,
    why: "its node does not trust the registry's certificate",
    next: 'Install the certificate of its authority on the nodes, or use a registry with a public one',
  },
  { said: /dial tcp/i, why: 'the registry does not answer', next: REACH },
  {
    said: /no match for platform|no matching manifest|does not match the specified platform/i,
    why: 'it is not made for the processors of its node',
    next: 'Build it for them: `docker buildx build --platform`',
    final: true,
  },
  {
    said: /no space left/i,
    why: 'the disk of its node is full',
    next: 'Make room there: `kubectl describe node`',
  },
  { said: /not found|unknown|InvalidImageName|parse/i, why: 'there is no such image', final: true },
  { said: /ErrImageNeverPull/, why: 'it is missing', final: true },
];
const UNKNOWN: Omit<Failure, 'said'> = { why: 'it is missing' };

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
  const { why, next = PUSH, final } = FAILURES.find((one) => one.said.test(said)) ?? UNKNOWN;
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
