import { elasticsearchNames } from '../../lib/components/elasticsearch/certificate';
import type { Environment } from '../../lib/environments/environment';
import type { Kubectl } from '../cluster/kubectl';
import { watchRollout } from '../cluster/rollout/watch';
import { isAwaited, nameOf } from '../cluster/rollout/workloads';
import { deploy } from '../deploy/deploy';
import { manifestsOf } from '../dist/manifests';
import { migrate } from '../migrate/migrate';
import { ensureNamespace, fill, random } from '../secrets/init';
import { keysOf } from '../secrets/keys';
import type { World } from '../world';
import { certificateFor } from './authority';
import { LEFT_OUT } from './environment';

/** A throw-away environment, deployed with the commands for a real one. */
export class Trial {
  private readonly consent: { yes: boolean; context: string };

  constructor(
    readonly world: World,
    readonly kubectl: Kubectl,
    readonly environment: Environment,
  ) {
    this.consent = { yes: true, context: kubectl.context };
  }

  /** Deploys everything; pods then wait for their tables. */
  async deploy(): Promise<void> {
    await ensureNamespace(this);
    await this.createCertificates();
    // Those from elsewhere, too: what is drilled calls no one with them.
    await fill(this, new Map(keysOf(this.environment).map((key) => [key, random()])));
    await deploy(this, { manifests: this.manifests(), origin: 'the sources, for a drill' }, this.consent);
  }

  async migrate(): Promise<void> {
    await migrate(this, this.consent);
  }

  /** With the tables: waits until all workloads serve. */
  async serves(): Promise<void> {
    const workloads = this.manifests().filter(isAwaited).map(nameOf);
    await watchRollout(this.world, this.kubectl, {
      environment: this.environment,
      workloads,
      migrated: true,
    });
  }

  private manifests() {
    const component = 'app.kubernetes.io/component';
    return manifestsOf(this.environment).filter(({ metadata }) => metadata.labels?.[component] !== LEFT_OUT);
  }

  /** What an administrator creates without cert-manager. */
  private async createCertificates(): Promise<void> {
    const { certificates, host } = this.environment;
    if (!certificates) return;
    const { ingressSecret, elasticsearchSecret } = certificates;
    const names = elasticsearchNames(this.kubectl.namespace ?? '');
    const secret = async (name: string, asked: readonly string[]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      type: 'kubernetes.io/tls',
      stringData: await certificateFor(asked),
    });
    await this.kubectl.apply([await secret(ingressSecret, [host]), await secret(elasticsearchSecret, names)]);
  }
}
