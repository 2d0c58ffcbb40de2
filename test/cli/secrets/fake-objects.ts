import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { ApiObject } from '../../../cli/cluster/kubectl';

export interface FakePod {
  readonly name: string;
  readonly component: string;
  /** Secret → the keys that it mounts. */
  readonly mounts: Readonly<Record<string, readonly string[]>>;
  phase?: string;
  /** Its image does not know `coped.credentials`. */
  old?: boolean;
  /** A Job's. */
  job?: boolean;
  /** What its files say: `secret/key` → value. Follows the cluster only when the kubelet looks. */
  files?: Record<string, string>;
}

const KEYS = ['password', 'previous-password'];
/** Production's readers, by what they read. */
export const SERVER = {
  django: ['secret-key', 'next-secret-key', 'previous-secret-key'],
  'postgres-application': KEYS,
  'elasticsearch-application': KEYS,
};

export const podObject = ({ name, component, mounts, phase = 'Running', job }: FakePod): ApiObject => ({
  metadata: {
    name,
    labels: { 'app.kubernetes.io/component': component },
    ...(job && { ownerReferences: [{ kind: 'Job' }] }),
  },
  spec: { containers: [{ name: component }], volumes: volumesOf(mounts) },
  status: { phase, conditions: [{ type: 'Ready', status: 'True' }] },
});

const volumesOf = (mounts: FakePod['mounts']): object[] => [
  {
    projected: {
      sources: Object.entries(mounts).flatMap(([name, keys]) =>
        keys.map((key) => ({ secret: { name, items: [{ key, path: key }] } })),
      ),
    },
  },
];

export const deployment = (name: string): ApiObject => ({
  kind: 'Deployment',
  metadata: { name, generation: 1 },
  spec: { replicas: 1, template: { spec: { volumes: volumesOf(SERVER) } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
});

/** What PostgreSQL would keep of a password, with the salt of a verifier that it has: RFC 5802, written down again. */
export function verifier(password: string, known: string): string {
  const [, iterations = '', salt = ''] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(known) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(sign('Client Key')).digest();
  return `SCRAM-SHA-256$${iterations}:${salt}$${stored.toString('base64')}:${sign('Server Key').toString('base64')}`;
}
