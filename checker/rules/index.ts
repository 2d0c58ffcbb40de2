import { availability, disruption, rollout } from './availability/availability';
import { jobs } from './availability/jobs';
import { probeHosts, probes } from './availability/probes';
import { sharedClaims } from './data/claims';
import { elasticsearch } from './data/elasticsearch';
import { fewerNodes, initialMasterNodes, quorum } from './data/elasticsearch-nodes';
import { immutable } from './data/immutable';
import { storage } from './data/storage';
import { filePaths, secretFiles } from './files/file-paths';
import { fileModes, mountPaths } from './files/mounts';
import { windowsLines } from './files/windows-lines';
import { ingressBackends, routes } from './ingress/routes';
import { addresses, resolution } from './network/addresses';
import { egress, policies } from './network/policies';
import { policyRules } from './network/policy-rules';
import {
  componentNames,
  duplicates,
  nakedPods,
  podContext,
  retention,
  subPath,
  unprotected,
} from './one-field';
import { dangling, unused } from './references/dangling';
import { names } from './references/names';
import { ports, unreached } from './references/ports';
import { selectors } from './references/selectors';
import { limitRange } from './resources/limit-range';
import { budget, quota } from './resources/quota';
import { images, resources } from './resources/resources';
import { certificates, exposure } from './security/exposure';
import { hardening, podIdentity, podSecurity } from './security/hardening';
import { namespace } from './security/namespace';
import { roleBindings, roles } from './security/roles';
import { secrets, secretVariables, unguarded } from './security/secrets';

/** Every rule about Kubernetes, in the order of the message: what can lose data, then names, which may be the cause of the rest. */
export const rules = [
  storage,
  immutable,
  initialMasterNodes,
  fewerNodes,
  retention,
  sharedClaims,
  duplicates,
  names,
  componentNames,
  selectors,
  dangling,
  addresses,
  secrets,
  secretVariables,
  unguarded,
  podSecurity,
  hardening,
  podContext,
  subPath,
  windowsLines,
  podIdentity,
  roles,
  roleBindings,
  namespace,
  policies,
  policyRules,
  egress,
  exposure,
  certificates,
  nakedPods,
  filePaths,
  secretFiles,
  fileModes,
  mountPaths,
  resolution,
  elasticsearch,
  ports,
  ingressBackends,
  routes,
  images,
  resources,
  budget,
  quota,
  limitRange,
  availability,
  rollout,
  jobs,
  disruption,
  unprotected,
  quorum,
  probes,
  probeHosts,
  unused,
  unreached,
] as const;
