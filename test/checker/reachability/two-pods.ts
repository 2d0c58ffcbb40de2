import type { Json } from '../../../checker/manifests/manifest';
import type { Peer, PodPeer, Protocol } from '../../../checker/reachability/peer';
import { Network } from '../../../checker/reachability/reachability';
import type { Manifest } from '../../manifest';

// Two pods, `web` that connects and `db` that listens, and the policies that may stand between them.

export const pod = (app: string, more: Partial<PodPeer> = {}): PodPeer => ({
  namespace: 'ours',
  labels: { app },
  ...more,
});
export const policy = (spec: Json): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace: 'ours' },
  spec,
});
export const app = (name: string) => ({ podSelector: { matchLabels: { app: name } } });
export const ingress = (...rules: Json[]) =>
  policy({ ...app('db'), policyTypes: ['Ingress'], ingress: rules });
export const egress = (...rules: Json[]) => policy({ ...app('web'), policyTypes: ['Egress'], egress: rules });

export const web = pod('web');
export const db = pod('db', { listens: [{ name: 'sql', port: 5432, protocol: 'TCP' }] });
export const internet: Peer = { address: '203.0.113.7' };

export const allowed = (
  policies: Manifest[],
  from: Peer = web,
  to: Peer = db,
  port = 5432,
  protocol: Protocol = 'TCP',
) => new Network(policies, [from, to]).allowed(from, to, port, protocol);
