import { smallContainer, unprivileged } from '../cluster/small-pod';
import type { Party } from './parties';

/** On every pod of ours that only tries connections. No policy and no Service looks at it. */
export const PROBE_LABEL = 'coped.org/e2e';
export const OWNER = 'e2e-probes';

export const podName = (party: string): string => `e2e-${party}`;

/** Owns the probe pods of one namespace: deleting it deletes them. */
export const owner = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: OWNER, namespace, labels: { [PROBE_LABEL]: 'network' } },
});

/**
 * A pod in the place of a component: same namespace and labels, so the same policies hold for it. It listens on every
 * port, and tries connections on request.
 *
 * The labels are also those that Services and controllers look for. So the pod has a condition that nothing ever
 * fulfils, stays unready and gets no traffic; and it has a controller already, so that no other adopts and deletes it.
 */
export const probePod = (party: Party, ownerId: string, image: string, ports: readonly number[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: podName(party.name),
    namespace: party.namespace,
    labels: { ...party.labels, [PROBE_LABEL]: 'network' },
    ownerReferences: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: OWNER,
        uid: ownerId,
        controller: true,
        blockOwnerDeletion: false,
      },
    ],
  },
  spec: {
    readinessGates: [{ conditionType: 'coped.org/never' }],
    // Traffic between nodes and traffic within one take different ways: both shall occur.
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { [PROBE_LABEL]: 'network' } },
      },
    ],
    ...unprivileged,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 0,
    restartPolicy: 'Never',
    containers: [
      smallContainer(
        'probe',
        image,
        `for port in ${ports.join(' ')}; do httpd -f -p $port -h /bin & done; wait`,
      ),
    ],
  },
});
