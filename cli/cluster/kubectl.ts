import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject } from './api-object';
import { withoutLog } from './error-advice';
import { type Execute, executor, type Options, type Result } from './execute';

export type { ApiObject };

/**
 * The user's own kubectl, held to the one context that was chosen: a `kubectl config use-context` in another terminal
 * must not send the rest of a run elsewhere.
 */
export class Kubectl {
  constructor(
    readonly context: string,
    readonly namespace?: string,
    private readonly execute: Execute = executor(),
  ) {}

  in(namespace: string): Kubectl {
    return new Kubectl(this.context, namespace, this.execute);
  }

  /** A command as a user types it, for messages. */
  typed(...args: string[]): string {
    const namespace = this.namespace ? [`--namespace=${this.namespace}`] : [];
    return ['kubectl', `--context=${this.context}`, ...namespace, ...args].join(' ');
  }

  /** Standard output of a command that must succeed. */
  async run(args: readonly string[], options: Options = {}): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, options);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${withoutLog(stderr) || stdout.trim()}`);
    return stdout;
  }

  attempt(args: readonly string[], options: Options = {}): Promise<Result> {
    const namespace = this.namespace ? [`--namespace=${this.namespace}`] : [];
    return this.execute('kubectl', [`--context=${this.context}`, ...namespace, ...args], options);
  }

  /** The objects of kinds, or those that these arguments select. */
  async list(...args: string[]): Promise<ApiObject[]> {
    return objectsIn(await this.run(['get', '--output=json', ...args]));
  }

  /** The one object of this name. */
  async get(...args: string[]): Promise<ApiObject> {
    return JSON.parse(await this.run(['get', '--output=json', ...args]));
  }

  /** The same, or undefined where there is no such object. */
  async find(...args: string[]): Promise<ApiObject | undefined> {
    const text = await this.run(['get', '--ignore-not-found', '--output=json', ...args]);
    return text.trim() === '' ? undefined : JSON.parse(text);
  }

  async exists(...args: string[]): Promise<boolean> {
    return (await this.run(['get', '--ignore-not-found', '--output=name', ...args])).trim() !== '';
  }

  /** Those of these objects that exist, with their field managers; the cluster must have their kinds. */
  async existing(
    objects: readonly Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'>[],
  ): Promise<ApiObject[]> {
    if (objects.length === 0) return [];
    const names = objects.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
      apiVersion,
      kind,
      metadata: { name, namespace },
    }));
    const args = ['get', '--ignore-not-found', '--output=json', '--show-managed-fields', '--filename=-'];
    const text = await this.run(args, { input: listOf(names) });
    return text.trim() === '' ? [] : objectsIn(text);
  }

  /** Applies objects that exist nowhere as a file. */
  apply(objects: readonly object[], ...args: string[]): Promise<string> {
    return this.run(['apply', '--filename=-', ...args], { input: listOf(objects) });
  }
}

/** The objects that kubectl prints: a list, or a single one. */
export function objectsIn(stdout: string): ApiObject[] {
  const answer: ApiObject & { readonly items?: ApiObject[] } = JSON.parse(stdout);
  return answer.items ?? [answer];
}

export const listOf = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
