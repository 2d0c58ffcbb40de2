import { mainOf, type Status } from '../../../cli/cluster/api-object';
import { environments, manifestsOf, named } from '../../support';
import { FakeCluster, settled } from '../fake-cluster';
import { type Given, type Stored, the } from '../fake-object';
import { GOOD } from './certificates';

/** When everything in the fake cluster was made; `world.now()` is an hour later. */
export const MADE = '2026-01-02T02:04:05Z';

const LIVE = ['Deployment', 'StatefulSet', 'CronJob', 'Job', 'HorizontalPodAutoscaler', 'Ingress'];
const DNS = { namespace: 'kube-system', name: 'coredns', labels: { 'k8s-app': 'kube-dns' } };

/** An environment as it should be: everything ready, dumped last night. */
export class Healthy extends FakeCluster {
  /** Secret → its tls.crt. */
  certificates: Record<string, string> = { 'ingress-tls': GOOD, 'elasticsearch-tls': GOOD };
  plan = 'Planned operations:\n  No planned migration operations.\n';
  /** What the application answers of its search. */
  index: { code?: number; stdout?: string; stderr?: string } = {
    stdout: '{"rows": 1204, "documents": 1204}\n',
  };
  /** Percent. */
  disk = 41;

  constructor(readonly environment = 'production') {
    super(...manifestsOf(named(environment)).filter(({ kind }) => LIVE.includes(kind)));
    for (const object of this.objects) {
      const { kind, metadata, spec } = object;
      const uid = `${kind}-${metadata.name}`;
      Object.assign(metadata, { creationTimestamp: MADE, uid, generation: 1 });
      // The API server fills in what an autoscaler decides.
      if (kind === 'HorizontalPodAutoscaler')
        this.get('Deployment', spec.scaleTargetRef.name).spec.replicas = spec.minReplicas;
    }
    for (const object of this.objects)
      Object.assign(object, { status: { ...settled(object), ...statusOf(object) } });
    this.add(
      ...this.objects.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind)).flatMap(podsOf),
    );
    this.add({ kind: 'Pod', metadata: DNS, status: settled({ kind: 'Pod' }) });
    this.when(/^get secrets .*custom-columns/, () => secrets(this.certificates));
    this.when(/^exec .* migrate --plan$/, () => this.plan);
    this.when(/^exec .* search_index --check$/, () => this.index);
    this.when(/^exec .* df -Pk/, () => `Filesystem …\n/dev/sdb 52428800 1 2 ${this.disk}% /data\n`);
  }

  /** Makes a component's first pod unready, in this way; the workload follows. */
  breakPod(component: string, status: object): void {
    const { status: counts } = the(
      this.objects.find(
        ({ kind, metadata }) => /^(Deployment|StatefulSet)$/.test(kind) && metadata.name === component,
      ),
    );
    counts.readyReplicas -= 1;
    counts.availableReplicas -= 1;
    const conditions = [{ type: 'Ready', status: 'False' }];
    Object.assign(this.get('Pod', `${component}-0`), {
      status: { phase: 'Running', startTime: MADE, conditions, ...status },
    });
  }

  /** What `coped status` says of it. */
  async status(...words: string[]) {
    const world = this.world(environments);
    const code = await world.coped('status', this.environment, ...words);
    return { code, output: world.output(), errors: world.errors(), calls: world.calls };
  }
}

function statusOf({ kind, spec }: Stored): Status {
  if (kind === 'Job') return { completionTime: MADE };
  if (kind === 'CronJob') return { lastSuccessfulTime: MADE };
  return kind === 'HorizontalPodAutoscaler' ? { currentReplicas: spec.minReplicas, conditions: [] } : {};
}

const podsOf = ({ metadata, spec: { template, replicas = 1 } }: Stored): Given[] =>
  Array.from({ length: replicas }, (_, i) => {
    const name = `${metadata.name}-${i}`;
    const main = mainOf(template).name ?? '';
    const container = { name: main, restartCount: 0, ready: true, started: true };
    return {
      kind: 'Pod',
      metadata: { name, uid: name, labels: template.metadata.labels, creationTimestamp: MADE },
      spec: template.spec,
      status: {
        ...settled({ kind: 'Pod' }),
        startTime: MADE,
        containerStatuses: [{ ...container, state: { running: {} } }],
      },
    };
  });

const secrets = (certificates: Record<string, string>): string =>
  Object.entries(certificates)
    .map(([name, text]) => `${name}   ${text ? Buffer.from(text).toString('base64') : '<none>'}\n`)
    .join('');
