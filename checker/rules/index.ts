import { availability } from './availability/availability';
import { disruption } from './availability/disruption';
import { jobs } from './availability/jobs';
import { probeHosts } from './availability/probe-hosts';
import { probes } from './availability/probes';
import { rollout } from './availability/rollout';
import { elasticsearch } from './data/elasticsearch';
import { founders } from './data/founders';
import { immutable } from './data/immutable';
import { quorum } from './data/quorum';
import { storage } from './data/storage';
import { fileModes } from './files/file-modes';
import { filePaths } from './files/file-paths';
import { mountPaths } from './files/mounts';
import { ingressBackends } from './ingress/ingress-backends';
import { routes } from './ingress/routes';
import { addresses } from './network/addresses';
import { egress } from './network/egress';
import { policies } from './network/policies';
import { policyRules } from './network/policy-rules';
import { resolution } from './network/resolution';
import {
  componentNames,
  duplicates,
  nakedPods,
  podContext,
  retention,
  secretVariables,
  subPath,
  unprotected,
  windowsLines,
} from './one-field';
import { dangling } from './references/dangling';
import { names } from './references/names';
import { ports } from './references/ports';
import { selectors } from './references/selectors';
import { unreached } from './references/unreached';
import { unused } from './references/unused';
import { budget } from './resources/budget';
import { images } from './resources/images';
import { limitRange } from './resources/limit-range';
import { quota } from './resources/quota';
import { resources } from './resources/resources';
import { certificates } from './security/certificates';
import { exposure } from './security/exposure';
import { hardening } from './security/hardening';
import { namespace } from './security/namespace';
import { podIdentity } from './security/pod-identity';
import { podSecurity } from './security/pod-security';
import { roleBindings } from './security/role-bindings';
import { roles } from './security/roles';
import { secretFiles } from './security/secret-files';
import { secrets } from './security/secrets';
import { unguarded } from './security/unguarded';

/** Every rule about Kubernetes, in the order of the message: what can lose data, then names, which may be the cause of the rest. */
export const rules = [
  storage,
  immutable,
  founders,
  retention,
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
