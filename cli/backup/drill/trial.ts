import { elasticsearchNames } from '../../../lib/components/elasticsearch/certificate';
import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../../cluster/kubectl';
import { manifestsOf } from '../../dist/manifests';
import { migrate } from '../../migrate/migrate';
import { deploy } from '../../release/deploy';
import { waitForHealth } from '../../release/health';
import { init } from '../../secrets/init';
import { ensureNamespace } from '../../secrets/namespace';
import type { World } from '../../world';
import { LEFT_OUT } from '../drill-environment';
import { certificateFor } from './authority';

/** A throw-away environment, and how it is brought up: by the commands that bring up a real one. */
export class Trial {
  private readonly consent: { yes: boolean; context: string };

  constructor(
    private readonly world: World,
    readonly kubectl: Kubectl,
    readonly environment: Environment,
  ) {
    this.consent = { yes: true, context: kubectl.context };
  }

  /** From nothing to pods that wait for their tables. */
  async deploy(): Promise<void> {
    const { world, kubectl, environment } = this;
    await ensureNamespace(world, kubectl, environment);
    await this.bringCertificates();
    await init(world, kubectl, environment);
    const release = { manifests: this.manifests(), origin: 'the sources, for a drill' };
    await deploy(world, kubectl, environment, release, this.consent);
  }

  async migrate(): Promise<void> {
    await migrate(this.world, this.kubectl, this.environment, this.consent);
  }

  /** The tables are there: until everything serves. */
  async serves(): Promise<void> {
    const awaited = { environment: this.environment.name, migrated: true };
    await waitForHealth(this.world, this.kubectl, this.manifests(), awaited);
  }

  private manifests() {
    const component = 'app.kubernetes.io/component';
    return manifestsOf(this.environment).filter(({ metadata }) => metadata.labels?.[component] !== LEFT_OUT);
  }

  /** What an administrator brings where no cert-manager is. */
  private async bringCertificates(): Promise<void> {
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
