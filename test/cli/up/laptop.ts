import type { Status } from '../../../cli/cluster/api-object';
import { FakeCluster, settled } from '../fake-cluster';
import type { Stored } from '../fake-object';

export const DJANGO = 'docker.io/coped/django:development';
export const DASHBOARDS = 'docker.io/coped/dashboards:development';

const NODE = { kind: 'Node', metadata: { name: 'node', annotations: {} }, status: { images: [] } };

/** A machine with a local cluster, Docker and kind, on which everything works. */
export class Laptop extends FakeCluster {
  /** Those of kind. */
  clusters = ['coped'];
  /** Context → API server, as kubectl knows them. */
  contexts: Record<string, string> = {
    'kind-coped': 'https://127.0.0.1:6443',
    'coped-production': 'https://production.example.org:6443',
  };
  current = 'kind-coped';
  /** `Deployment/web` → the status that it has instead of being ready. */
  readonly statuses: Record<string, Status> = {};
  /** Ports of this machine that are taken. */
  ports: readonly number[] = [];

  constructor() {
    super(NODE);
    this.statusOf = (object) => this.statuses[`${object.kind}/${object.metadata.name}`] ?? settled(object);
    this.when(/^config view/, () => configuration(this.contexts, this.current));
    this.when(/^config use-context /, 'switched');
    this.when(/^(docker|kind) /, 'done');
    this.when(/^kind get clusters/, () => `${this.clusters.join('\n')}\n`);
    this.when(/^(podman|buildah) /, { code: 127, stderr: 'not found' });
    this.when(/^logs /, 'first\nlast words\n');
    this.when(/^annotate nodes .* coped\.org\/image-\w+=(\S+)/, (_, image = '') => {
      this.node.status.images.push({ names: [image] });
      return undefined;
    });
  }

  get node(): Stored {
    return this.get('Node');
  }

  /** Neither kubectl nor kind has a cluster. */
  without(): this {
    this.clusters = [];
    this.contexts = {};
    return this;
  }

  /** Runs `coped up`. */
  async up(...words: string[]) {
    const world = Object.assign(this.world(), { listens: async (port: number) => this.ports.includes(port) });
    const code = await world.coped('up', ...words);
    const calls = world.calls.map(({ program, line }) => `${program} ${line}`);
    return { code, calls, output: world.output(), errors: world.errors(), world };
  }
}

const configuration = (contexts: Readonly<Record<string, string>>, current: string): object => ({
  'current-context': current,
  contexts: Object.keys(contexts).map((name) => ({ name, context: { cluster: name } })),
  clusters: Object.entries(contexts).map(([name, server]) => ({ name, cluster: { server } })),
});
