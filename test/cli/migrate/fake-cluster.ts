import type { ApiObject } from '../../../cli/cluster/kubectl';
import { find, manifestsOf, named } from '../../support';
import { type Answer, fakeWorld } from '../fake-world';

const production = manifestsOf(named('production'));
export const cronJob = find(production, 'CronJob', 'migrate') as ApiObject;

export const PENDING =
  'Planned operations:\nprojects.0002_funder\n    Add field funder to project\n    Raw SQL operation\n';
export const NONE = 'Planned operations:\n  No planned migration operations.\n';

const settled = {
  observedGeneration: 1,
  replicas: 3,
  updatedReplicas: 3,
  readyReplicas: 3,
  availableReplicas: 3,
};

/** How a Job goes: the phases that its pods reach one after the other, and its end. */
export interface Course {
  readonly pods: readonly string[];
  readonly end: 'Complete' | 'Failed';
}

/** A migration as the API server answers it. */
export const job = (name: string, end?: string): ApiObject => ({
  kind: 'Job',
  metadata: {
    name,
    uid: name,
    creationTimestamp: '2026-01-02T03:00:00Z',
    labels: { 'app.kubernetes.io/component': 'migrate' },
  },
  spec: {},
  status: end ? { conditions: [{ type: end, status: 'True', message: `it is ${end}` }] } : {},
});

/** A cluster on which a migration goes like this; what it was asked to create is kept. */
export function migrating({ pods, end }: Course, plan = PENDING, ...answers: readonly Answer[]) {
  const created: ApiObject[] = [];
  /** Pods whose log has been read. */
  const read: string[] = [];
  const started = () => pods.slice(0, read.length + 1);
  const over = () => read.length >= pods.length;
  const world = fakeWorld(...answers, (call) => {
    const { line, options } = call;
    if (line.includes('cronjob migrate')) return cronJob;
    if (line === 'get --output=json jobs') return { items: created.filter(({ kind }) => kind === 'Job') };
    if (/^get .*lease/.test(line)) return { stdout: '' };
    if (/^(create|replace)/.test(line)) {
      const object = JSON.parse(String(options.input));
      created.push(object);
      return object;
    }
    if (line.startsWith('exec') && line.includes('--plan')) return { stdout: plan };
    if (line.startsWith('exec') || line.startsWith('delete')) return { stdout: '' };
    if (line.startsWith('get --output=json pod migration-plan')) return { status: { phase: 'Running' } };
    if (line.includes('job-name=')) {
      return {
        items: started().map((phase, i) => ({
          metadata: { name: `pod-${i}` },
          status: { phase, conditions: [] },
        })),
      };
    }
    const [, log] = /^logs (pod-\d)/.exec(line) ?? [];
    if (log) {
      read.push(log);
      options.output?.write(`log of ${log}\n`);
      return { stdout: '' };
    }
    if (/^get .*json pod pod-/.test(line)) return { status: { phase: 'Failed' } };
    if (/^get .* job migrate-/.test(line)) return job(line.split(' ').at(-1) ?? '', over() ? end : undefined);
    if (line.startsWith('get --output=json events')) return { items: [] };
    if (line.startsWith('get --output=json deployments,')) return { items: released() };
    return undefined;
  });
  return { ...world, created, jobs: () => created.filter(({ kind }) => kind === 'Job') };
}

const released = (): ApiObject[] =>
  ['web', 'api'].map((name) => ({
    kind: 'Deployment',
    metadata: { name, generation: 1, uid: name },
    spec: { replicas: 3 },
    status: settled,
  }));
