import type { Problem } from '../problem';
import { availability } from './availability';
import { budget } from './budget';
import type { Check, Subject } from './check';
import { dangling } from './dangling';
import { duplicates } from './duplicates';
import { flowTable } from './flow-table';
import { founders } from './founders';
import { gracePeriod } from './grace-period';
import { images } from './images';
import { ingressBackends } from './ingress-backends';
import { limitRange } from './limit-range';
import { names } from './names';
import { namespace } from './namespace';
import { podIdentity } from './pod-identity';
import { podSecurity } from './pod-security';
import { policies } from './policies';
import { ports } from './ports';
import { probes } from './probes';
import { quorum } from './quorum';
import { quota } from './quota';
import { reachability } from './reachability';
import { resources } from './resources';
import { routes } from './routes';
import { secrets } from './secrets';
import { selectors } from './selectors';
import { startup } from './startup';
import { storage } from './storage';
import { unused } from './unused';

/** Every rule. What can lose data or open a door comes first, as it will in the message. */
export const checks: readonly Check[] = [
  storage,
  founders,
  secrets,
  podSecurity,
  podIdentity,
  namespace,
  policies,
  flowTable,
  reachability,
  duplicates,
  names,
  selectors,
  dangling,
  unused,
  ports,
  ingressBackends,
  routes,
  images,
  resources,
  budget,
  quota,
  limitRange,
  availability,
  quorum,
  probes,
  startup,
  gracePeriod,
];

/** Everything that is wrong with the objects of an environment; empty when they may be written. */
export const runChecks = (subject: Subject): Problem[] =>
  checks.flatMap((check) =>
    check(subject).map((finding) => ({ environment: subject.environment, ...finding })),
  );
