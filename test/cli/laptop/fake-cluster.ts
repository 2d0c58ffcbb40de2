import type { Result } from '../../../cli/cluster/execute';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import type { Answer, Call } from '../fake-world';

const idOf = ({ kind, metadata }: ApiObject): string =>
  [kind, metadata.namespace, metadata.name].filter(Boolean).join('/');

/** What a workload that has finished starting says of itself. */
const STATUS: Readonly<Record<string, ApiObject>> = {
  Deployment: { observedGeneration: 1, updatedReplicas: 1, availableReplicas: 1, replicas: 1 },
  StatefulSet: { observedGeneration: 1, readyReplicas: 1, currentRevision: 'a', updateRevision: 'a' },
  Job: { conditions: [{ type: 'Complete', status: 'True' }] },
};

/** A local cluster in which everything that is applied is ready at once, and Docker and kind, which do as they are told. */
export class FakeCluster {
  readonly objects = new Map<string, ApiObject>();
  readonly node: ApiObject = {
    kind: 'Node',
    metadata: { name: 'node', annotations: {} },
    status: { images: [] },
  };
  /** What was sent with each `kubectl apply`, in turn. */
  readonly applied: ApiObject[][] = [];
  /** Everything else in the namespace: pods, events. */
  readonly around: ApiObject[] = [];
  /** In the place of what an object of this name would say of itself. */
  readonly statuses = new Map<string, ApiObject>();
  clusters = ['coped'];

  readonly answer: Answer = (call) => (call.program === 'kubectl' ? this.kubectl(call) : this.tool(call));

  private kubectl({ line, options }: Call): string | object | undefined {
    if (line.startsWith('get nodes')) return { items: [this.node] };
    if (line.startsWith('get --ignore-not-found')) return this.known(JSON.parse(String(options.input)).items);
    if (line.startsWith('get --output=json deployments,'))
      return { items: [...this.objects.values(), ...this.around] };
    if (line.startsWith('get --output=json events')) return { items: [] };
    if (line.startsWith('apply --server-side')) return this.apply(JSON.parse(String(options.input)).items);
    if (line.startsWith('annotate nodes')) return this.annotate(line);
    if (/^(delete (pod|job) |config use-context )/.test(line)) return 'done';
    if (line.startsWith('logs ')) return 'first\nlast words\n';
    return undefined;
  }

  private known(items: readonly ApiObject[]): object {
    return { items: items.flatMap((item) => this.objects.get(idOf(item)) ?? []) };
  }

  private apply(items: readonly ApiObject[]): object {
    this.applied.push([...items]);
    const answered = items.map((item) => ({
      ...item,
      metadata: {
        ...item.metadata,
        uid: item.metadata.name,
        generation: 1,
        managedFields: [{ manager: 'coped' }],
      },
      status: this.statuses.get(idOf(item)) ?? STATUS[item.kind] ?? {},
    }));
    for (const object of answered) this.objects.set(idOf(object), object);
    return { items: answered };
  }

  private annotate(line: string): string {
    const [, key = '', value = ''] = / (coped\.org\/image-\w+)=(.+)$/.exec(line) ?? [];
    this.node.metadata.annotations[key] = value;
    this.node.status.images.push({ names: [value.split(' ')[0]] });
    return 'annotated';
  }

  private tool({ program, line }: Call): string | Partial<Result> | undefined {
    if (program === 'kind' && line === 'get clusters') return `${this.clusters.join('\n')}\n`;
    if (['docker', 'kind'].includes(program)) return 'done';
    // Neither Podman nor Buildah is installed.
    return ['podman', 'buildah'].includes(program) ? { code: 127, stderr: 'not found' } : undefined;
  }
}

export const DEVELOPMENT = 'coped-development';
