import { environmentNamed } from '../../../cli/cluster/environment';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import { manifestsOf } from '../../../cli/dist/manifests';
import { environments } from '../../support';
import { type Answer, fakeWorldOf } from '../fake-world';
import { GOOD } from './certificates';

/** When everything in the fake cluster was made; `world.now()` is an hour later. */
export const MADE = '2026-01-02T02:04:05Z';

/** What a fake cluster answers; tests spoil it. */
export interface Cluster {
  objects: ApiObject[];
  events: ApiObject[];
  /** Secret → its tls.crt. */
  certificates: Record<string, string>;
  plan: string;
  /** What the application answers of its search. */
  index: { code?: number; stdout?: string; stderr?: string };
  /** Pods of the cluster's DNS. */
  dns: ApiObject[];
  /** Percent. */
  disk: number;
}

const LIVE = ['Deployment', 'StatefulSet', 'CronJob', 'Job', 'HorizontalPodAutoscaler', 'Ingress'];

/** production as it should be: everything ready, dumped last night. */
export function healthy(name = 'production'): Cluster {
  const sources = manifestsOf(environmentNamed(fakeWorldOf(environments), name)) as ApiObject[];
  const objects: ApiObject[] = sources
    .filter(({ kind }) => LIVE.includes(kind))
    .map((source) =>
      structuredClone({
        ...source,
        metadata: {
          ...source.metadata,
          creationTimestamp: MADE,
          uid: `${source.kind}-${source.metadata.name}`,
          generation: 1,
        },
      }),
    );
  // The API server fills in what an autoscaler decides.
  for (const { kind, spec } of objects) {
    if (kind === 'HorizontalPodAutoscaler')
      of({ objects }, 'Deployment', spec.scaleTargetRef.name).spec.replicas = spec.minReplicas;
  }
  const pods = objects.flatMap((object) => {
    object.status = statusOf(object);
    return ['Deployment', 'StatefulSet'].includes(object.kind) ? podsOf(object) : [];
  });
  return {
    objects: [...objects, ...pods],
    events: [],
    certificates: { 'ingress-tls': GOOD, 'elasticsearch-tls': GOOD },
    plan: 'Planned operations:\n  No planned migration operations.\n',
    index: { stdout: '{"rows": 1204, "documents": 1204}\n' },
    dns: [{ metadata: {}, status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
    disk: 41,
  };
}

function statusOf({ kind, spec }: ApiObject): object {
  const all = spec.replicas ?? spec.minReplicas ?? 1;
  switch (kind) {
    case 'Deployment':
      return {
        observedGeneration: 1,
        replicas: all,
        readyReplicas: all,
        updatedReplicas: all,
        availableReplicas: all,
      };
    case 'StatefulSet':
      return {
        observedGeneration: 1,
        replicas: all,
        readyReplicas: all,
        currentRevision: 'a',
        updateRevision: 'a',
      };
    case 'Job':
      return { conditions: [{ type: 'Complete', status: 'True' }], completionTime: MADE };
    case 'CronJob':
      return { lastSuccessfulTime: MADE };
    default:
      return { currentReplicas: all, conditions: [] };
  }
}

const podsOf = ({ metadata, spec }: ApiObject): ApiObject[] =>
  Array.from({ length: spec.replicas ?? 1 }, (_, i) => ({
    kind: 'Pod',
    metadata: {
      name: `${metadata.name}-${i}`,
      labels: spec.template.metadata.labels,
      creationTimestamp: MADE,
      uid: `${metadata.name}-${i}`,
    },
    spec: spec.template.spec,
    status: {
      phase: 'Running',
      startTime: MADE,
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          name: spec.template.spec.containers[0].name,
          restartCount: 0,
          ready: true,
          started: true,
          state: { running: {} },
        },
      ],
    },
  }));

/** An object of a cluster, to be spoiled. */
export const of = ({ objects }: Pick<Cluster, 'objects'>, kind: string, name: string): ApiObject =>
  objects.find((object) => object.kind === kind && object.metadata.name === name);

/** Makes a component's first pod unready, in this way; the workload follows. */
export function breakPod(cluster: Cluster, kind: string, component: string, status: object): void {
  const workload = of(cluster, kind, component);
  workload.status.readyReplicas -= 1;
  workload.status.availableReplicas -= 1;
  const pod = of(cluster, 'Pod', `${component}-0`);
  pod.status = {
    phase: 'Running',
    startTime: MADE,
    conditions: [{ type: 'Ready', status: 'False' }],
    ...status,
  };
}

/** A world with this cluster in it. */
export function worldOf(cluster: Cluster, ...answers: readonly Answer[]) {
  return fakeWorldOf(environments, ...answers, ({ line }) => {
    if (line.startsWith('get deployments,')) return { items: cluster.objects };
    if (line.startsWith('get events')) return { items: cluster.events };
    if (line.startsWith('get secrets')) return { stdout: secrets(cluster) };
    if (line.includes('migrate --plan')) return { stdout: cluster.plan };
    if (line.endsWith('search_index --check')) return cluster.index;
    if (line.startsWith('get pods --selector=k8s-app=kube-dns')) return { items: cluster.dns };
    if (line.includes('df -Pk')) return { stdout: df(cluster.disk) };
    return line.startsWith('get certificates') ? { items: [] } : undefined;
  });
}

const secrets = ({ certificates }: Cluster): string =>
  Object.entries(certificates)
    .map(([name, text]) => `${name}   ${text ? Buffer.from(text).toString('base64') : '<none>'}\n`)
    .join('');

const df = (percent: number): string =>
  `Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sdb 52428800 1 2 ${percent}% /data\n`;

/** What `coped status production` says of a cluster that was spoiled. */
export async function status(spoil: (cluster: Cluster) => void = () => {}, ...words: string[]) {
  const cluster = healthy();
  spoil(cluster);
  const world = worldOf(cluster);
  const code = await world.coped('status', 'production', ...words);
  return { code, output: world.output(), errors: world.errors(), calls: world.calls };
}

/** The state of a pod's only container. */
export const container = (name: string, state: object, more: object = {}) => ({
  containerStatuses: [{ name, image: 'r.example.org/i:2', restartCount: 0, state, ...more }],
});

/** What Kubernetes complains about. */
export const warning = (uid: string, reason: string, message: string) => ({
  involvedObject: { uid, kind: 'Pod', name: uid },
  reason,
  message,
  lastTimestamp: MADE,
  metadata: {},
});
