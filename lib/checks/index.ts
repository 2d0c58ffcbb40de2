import { type Problem, withoutSecrets } from '../problem';
import { addresses } from './addresses';
import { availability } from './availability';
import { budget } from './budget';
import { certificates } from './certificates';
import type { Finding, Subject } from './check';
import { componentNames } from './component-names';
import { dangling } from './dangling';
import { databaseConnections } from './database-connections';
import { databaseMemory } from './database-memory';
import { differences } from './differences';
import { disruption } from './disruption';
import { duplicates } from './duplicates';
import { egress } from './egress';
import { elasticsearch } from './elasticsearch';
import { stale, unexcused } from './exceptions';
import { exposure } from './exposure';
import { fileModes } from './file-modes';
import { filePaths } from './file-paths';
import { flowTable } from './flow-table';
import { founders } from './founders';
import { gracePeriod } from './grace-period';
import { hardening } from './hardening';
import { heap } from './heap';
import { images } from './images';
import { immutable } from './immutable';
import { ingressBackends } from './ingress-backends';
import { ingressFlows } from './ingress-flows';
import { jobs } from './jobs';
import { limitRange } from './limit-range';
import { mountPaths } from './mounts';
import { nakedPods } from './naked-pods';
import { names } from './names';
import { namespace } from './namespace';
import { paths } from './paths';
import { podContext } from './pod-context';
import { podIdentity } from './pod-identity';
import { podSecurity } from './pod-security';
import { policies } from './policies';
import { policyRules } from './policy-rules';
import { ports } from './ports';
import { probeHosts } from './probe-hosts';
import { probes } from './probes';
import { programs } from './programs';
import { quorum } from './quorum';
import { quota } from './quota';
import { reachability } from './reachability';
import { resolution } from './resolution';
import { resources } from './resources';
import { restarts } from './restarts';
import { retention } from './retention';
import { roleBindings } from './role-bindings';
import { roles } from './roles';
import { rollout } from './rollout';
import { routes } from './routes';
import { applies } from './rule';
import { secretFiles } from './secret-files';
import { secretVariables } from './secret-variables';
import { secrets } from './secrets';
import { selectors } from './selectors';
import { software } from './software';
import { startup } from './startup';
import { stickySessions } from './sticky-sessions';
import { storage } from './storage';
import { subPath } from './sub-path';
import { unguarded } from './unguarded';
import { unprotected } from './unprotected';
import { unreached } from './unreached';
import { unused } from './unused';

/** Every rule. What can lose data or open a door comes first, as it will in the message. */
export const rules = [
  storage,
  immutable,
  founders,
  retention,
  secrets,
  secretVariables,
  unguarded,
  podSecurity,
  hardening,
  podContext,
  subPath,
  podIdentity,
  roles,
  roleBindings,
  namespace,
  policies,
  policyRules,
  egress,
  exposure,
  certificates,
  flowTable,
  reachability,
  duplicates,
  names,
  componentNames,
  selectors,
  nakedPods,
  dangling,
  filePaths,
  secretFiles,
  fileModes,
  mountPaths,
  addresses,
  resolution,
  elasticsearch,
  unused,
  unreached,
  ports,
  ingressBackends,
  ingressFlows,
  routes,
  stickySessions,
  paths,
  images,
  resources,
  budget,
  quota,
  limitRange,
  availability,
  rollout,
  restarts,
  jobs,
  disruption,
  unprotected,
  quorum,
  probes,
  probeHosts,
  software,
  programs,
  startup,
  gracePeriod,
  databaseConnections,
  databaseMemory,
  heap,
  differences,
] as const;

export type RuleId = (typeof rules)[number]['id'];

/** Everything that is wrong with the objects of an environment; empty when they may be written. */
export function runChecks(subject: Subject): Problem[] {
  const { environment } = subject;
  const found = new Map(
    rules.filter((rule) => applies(rule, subject)).map((rule) => [rule.id as string, rule.find(subject)]),
  );
  const problems = (check: string, findings: readonly Finding[]): Problem[] =>
    findings.map((finding) => withoutSecrets({ environment, check, ...finding }));
  return [
    ...[...found].flatMap(([id, findings]) => problems(id, unexcused(id, findings, subject))),
    ...problems('exceptions', stale(found, subject)),
  ];
}
