import { NotInstalledError } from '../../../cli/terminal/errors';
import { FakeCluster, settled } from '../fake-cluster';

export const node = (name: string, spec: object = {}) => ({
  kind: 'Node',
  metadata: { name },
  spec,
  status: {
    allocatable: { cpu: '64', memory: '64Gi' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
});
export const version = (minor: number) => ({ gitVersion: `v1.${minor}.0`, minor: String(minor) });

const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' };

/** A machine on which all is well, and a cluster whose network enforces policies. */
export class Machine extends FakeCluster {
  /** What a call from a pod to the other ends with. */
  call = (isDenied: boolean, _from: string, _to: string) => (isDenied ? 'stopped' : 'connected');
  listens = true;

  constructor() {
    super(node('node-1'), { kind: 'StorageClass', metadata: { name: 'standard', annotations: DEFAULT } });
    this.statusOf = (object) => ({ ...settled(object), podIP: '10.0.0.1' });
    this.when(/^node /, 'v22.1.0\n');
    this.when(/^docker /, '28.0.0\n');
    this.when(/^docker info/, '8000000000\n');
    this.when(
      /^docker ps/,
      '127.0.0.1:1337->30080/tcp, 127.0.0.1:8443->30443/tcp, 127.0.0.1:8000->30800/tcp\n',
    );
    this.when(/^kind /, 'kind v0.30.0 go1.24 linux/amd64\n');
    this.when(/^(podman|buildah|minikube) /, ({ program }) => {
      throw new NotInstalledError(`${program} cannot be run`);
    });
    this.when(/^version/, { clientVersion: version(36), serverVersion: version(36) });
    this.when(
      /^get --ignore-not-found --output=name ingressclass (\S+)/,
      (_, name) => `ingressclass/${name}`,
    );
    this.when(/^get ClusterIssuer /, { status: { conditions: [{ type: 'Ready', status: 'True' }] } });
    this.when(/^get --raw /, '{}');
    this.when(/^get --output=json pod (\w+)$/, (_, name) => {
      const pod = this.get('Pod', name);
      return { ...pod, spec: { nodeName: name === 'listener' ? 'node-1' : 'node-2' } };
    });
    this.when(/^exec (\w+) -- (?:.*) (\S+)$/s, (_, from = '', to = '') =>
      this.call(
        this.objects.some(({ kind }) => kind === 'NetworkPolicy'),
        from,
        to,
      ),
    );
  }

  async doctor(...words: string[]) {
    const world = Object.assign(this.world(), { listens: async () => this.listens });
    const code = await world.coped('doctor', ...words);
    return { code, output: world.output(), errors: world.errors(), world };
  }
}
