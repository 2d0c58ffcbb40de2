import type { Finding, Subject } from '../checker/manifests/check';
import { type Problem, withoutSecrets } from '../checker/problem';
import { applies } from '../checker/rule';
import { availability } from '../checker/rules/availability/availability';
import { disruption } from '../checker/rules/availability/disruption';
import { jobs } from '../checker/rules/availability/jobs';
import { nakedPods } from '../checker/rules/availability/naked-pods';
import { probeHosts } from '../checker/rules/availability/probe-hosts';
import { probes } from '../checker/rules/availability/probes';
import { restarts } from '../checker/rules/availability/restarts';
import { rollout } from '../checker/rules/availability/rollout';
import { unprotected } from '../checker/rules/availability/unprotected';
import { elasticsearch } from '../checker/rules/data/elasticsearch';
import { founders } from '../checker/rules/data/founders';
import { immutable } from '../checker/rules/data/immutable';
import { quorum } from '../checker/rules/data/quorum';
import { retention } from '../checker/rules/data/retention';
import { storage } from '../checker/rules/data/storage';
import { fileModes } from '../checker/rules/files/file-modes';
import { filePaths } from '../checker/rules/files/file-paths';
import { mountPaths } from '../checker/rules/files/mounts';
import { subPath } from '../checker/rules/files/sub-path';
import { ingressBackends } from '../checker/rules/ingress/ingress-backends';
import { routes } from '../checker/rules/ingress/routes';
import { addresses } from '../checker/rules/network/addresses';
import { egress } from '../checker/rules/network/egress';
import { ingressFlows } from '../checker/rules/network/ingress-flows';
import { policies } from '../checker/rules/network/policies';
import { policyRules } from '../checker/rules/network/policy-rules';
import { resolution } from '../checker/rules/network/resolution';
import { componentNames } from '../checker/rules/references/component-names';
import { dangling } from '../checker/rules/references/dangling';
import { duplicates } from '../checker/rules/references/duplicates';
import { names } from '../checker/rules/references/names';
import { ports } from '../checker/rules/references/ports';
import { selectors } from '../checker/rules/references/selectors';
import { unreached } from '../checker/rules/references/unreached';
import { unused } from '../checker/rules/references/unused';
import { budget } from '../checker/rules/resources/budget';
import { images } from '../checker/rules/resources/images';
import { limitRange } from '../checker/rules/resources/limit-range';
import { quota } from '../checker/rules/resources/quota';
import { resources } from '../checker/rules/resources/resources';
import { certificates } from '../checker/rules/security/certificates';
import { exposure } from '../checker/rules/security/exposure';
import { hardening } from '../checker/rules/security/hardening';
import { namespace } from '../checker/rules/security/namespace';
import { podContext } from '../checker/rules/security/pod-context';
import { podIdentity } from '../checker/rules/security/pod-identity';
import { podSecurity } from '../checker/rules/security/pod-security';
import { roleBindings } from '../checker/rules/security/role-bindings';
import { roles } from '../checker/rules/security/roles';
import { secretFiles } from '../checker/rules/security/secret-files';
import { secretVariables } from '../checker/rules/security/secret-variables';
import { secrets } from '../checker/rules/security/secrets';
import { unguarded } from '../checker/rules/security/unguarded';
import { differences } from './differences';
import { stale, unexcused } from './exceptions';
import { flowTable } from './flow-table';
import { reachability } from './reachability';

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
