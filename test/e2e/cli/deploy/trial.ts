import { Kubectl } from '../../../../cli/cluster/kubectl';
import type { Waiting } from '../../../../cli/cluster/lease/lease';
import { deploy } from '../../../../cli/deploy/deploy';
import { diff } from '../../../../cli/diff/diff';
import type { CliError } from '../../../../cli/terminal/errors';
import type { HostedEnvironment } from '../../../../lib/environments/environment';
import type { Manifest } from '../../../manifest';
import { type Model, modelOf } from '../../model';
import { type Circumstances, coped, type Ended, expectEnd, inWorld } from '../program/in-process';

/** An environment on which deploys are tried. */
export class Trial {
  readonly model: Model;
  readonly name: string;
  /** What its releases are made of; what the environment describes, unless something else is given. */
  readonly manifests: readonly Manifest[];

  constructor(
    readonly environment: HostedEnvironment,
    readonly context: string,
    manifests?: readonly Manifest[],
  ) {
    this.model = modelOf(environment);
    this.name = environment.name;
    this.manifests = manifests ?? this.model.manifests;
  }

  get kubectl(): Kubectl {
    return new Kubectl(this.context, this.model.namespace);
  }

  /** `coped deploy`, agreed to. */
  deploy(circumstances: Circumstances = {}, ...options: string[]): Promise<Ended> {
    return coped(['deploy', this.name, '--yes', '--context', this.context, ...options], circumstances);
  }

  diff(circumstances: Circumstances = {}, ...options: string[]): Promise<Ended> {
    return coped(['diff', this.name, ...options], circumstances);
  }

  /** Deploys objects that no settings describe. */
  release(
    manifests: readonly Manifest[],
    circumstances: Circumstances = {},
    waiting: Waiting = {},
  ): Promise<Ended> {
    const { signal } = circumstances;
    return inWorld(circumstances, async (world) => {
      const kubectl = new Kubectl(this.context, this.model.namespace, world.execute);
      try {
        const consent = { yes: true, context: this.context, ...waiting };
        const site = { world, kubectl, environment: this.model.environment };
        await deploy(site, { manifests, origin: 'a trial' }, consent);
        return 0;
      } catch (error) {
        const { message, next = '', exitCode: code = signal?.aborted ? 130 : 1 } = error as CliError;
        world.terminal.say(`${message}\n${next}`);
        return code;
      }
    });
  }

  /** Deploys its objects and nothing else. */
  async deployed(): Promise<string> {
    return expectEnd(await this.release(this.manifests), 0);
  }

  /** `coped diff --full` of objects that no settings describe. */
  fullDiff(manifests: readonly Manifest[]): Promise<Ended> {
    return inWorld({}, async (world) => {
      const kubectl = new Kubectl(this.context, this.model.namespace, world.execute);
      const release = { manifests, origin: 'a trial' };
      const site = { world, kubectl, environment: this.model.environment };
      return await diff(site, release, { full: true }).then(
        () => 0,
        ({ exitCode }: CliError) => exitCode,
      );
    });
  }

  /** An object beside those of the environment. */
  object(apiVersion: string, kind: string, rest: object, name = 'trial'): Manifest {
    const labels = { 'app.kubernetes.io/part-of': 'coped', 'app.kubernetes.io/instance': this.name };
    return { apiVersion, kind, metadata: { name, namespace: this.model.namespace, labels }, ...rest };
  }
}
