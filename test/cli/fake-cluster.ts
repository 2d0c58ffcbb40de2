import type { ApiObject, Metadata, Status } from '../../cli/cluster/api-object';
import type { World } from '../../cli/world';
import { environments as all } from '../../lib/environments';
import { type Given, isFields, type Stored, stored, the } from './fake-object';
import { flag, isSame, itemsOf, type Target, targetOf } from './fake-selection';
import { type Answer, type Call, type FakeWorld, fakeWorldOf } from './fake-world';

type Reply = ReturnType<Answer>;
type Scripted = Reply | ((call: Call, ...groups: string[]) => Reply);

/** Those that are about objects which are there. */
const VERBS = ['get', 'delete', 'annotate', 'patch'];

/** A cluster behind kubectl, in memory. What is applied or created is ready at once. */
export class FakeCluster {
  objects: Stored[];
  /** What was sent with each `kubectl apply`, in turn. */
  readonly applied: Stored[][] = [];
  /** The status of an object that is applied or created. */
  statusOf: (object: Given) => Status = settled;
  private readonly scripted: [line: RegExp, reply: Scripted][] = [];
  protected version = 0;

  constructor(...objects: readonly Given[]) {
    this.objects = objects.map(stored);
  }

  /**
   * Answers differently to these calls; the last rule that answers counts. The line has the program before it, unless that is kubectl:
   * `get pods`, `docker version`.
   */
  when(line: RegExp, reply: Scripted): this {
    this.scripted.unshift([line, reply]);
    return this;
  }

  fail(line: RegExp, stderr: string, code = 1): this {
    return this.when(line, { code, stderr });
  }

  add(...objects: readonly Given[]): this {
    this.objects.push(...objects.map(stored));
    return this;
  }

  /** The object of this kind; the first if no name is given. */
  get(kind: string, name?: string): Stored {
    const found = this.objects.find(
      (one) => one.kind === kind && (name === undefined || one.metadata.name === name),
    );
    if (!found) throw new Error(`the fake cluster has no ${kind} ${name}`);
    return found;
  }

  remove(kind: string, name?: string): this {
    this.objects = this.objects.filter(
      (one) => one.kind !== kind || (name !== undefined && one.metadata.name !== name),
    );
    return this;
  }

  /** A world in which kubectl reaches this cluster. */
  world(environments: World['environments'] = all): FakeWorld {
    return fakeWorldOf(environments, this.answer);
  }

  readonly answer: Answer = (call) => {
    const line = call.program === 'kubectl' ? call.line : `${call.program} ${call.line}`;
    for (const [pattern, reply] of this.scripted) {
      const match = pattern.exec(line);
      const answer = match && (typeof reply === 'function' ? reply(call, ...match.slice(1)) : reply);
      if (answer !== undefined && answer !== null) return answer;
    }
    return call.program === 'kubectl' ? this.kubectl(call) : undefined;
  };

  private kubectl(call: Call): Reply {
    const [verb = '', ...words] = call.args.filter((arg) => !arg.startsWith('-'));
    if (verb === 'apply') return this.apply(call);
    if (verb === 'create' || verb === 'replace') return this.write(verb, call);
    const target = VERBS.includes(verb) ? targetOf(call) : undefined;
    if (!target) return undefined;
    const found = this.objects.filter(target.matches);
    if (found.length === 0 && target.names.length > 0 && flag(call, 'ignore-not-found') === undefined)
      return { code: 1, stderr: `Error from server (NotFound): ${words.slice(1).join(' ')} not found` };
    if (verb === 'get') return printed(found, call, target);
    if (verb === 'delete') return this.delete(found);
    if (verb === 'annotate') return annotate(found, words.at(-1) ?? '');
    for (const object of found) merge(object, JSON.parse(flag(call, 'patch') ?? '{}'));
    return 'patched';
  }

  private apply(call: Call): Reply {
    const items = itemsOf(call);
    this.applied.push(items);
    const manager = flag(call, 'field-manager') ?? 'kubectl-client-side-apply';
    const dry = flag(call, 'dry-run') !== undefined;
    const stored = items.map((item) => this.applying(item, manager, dry));
    if (!dry) for (const object of stored) this.store(object);
    return flag(call, 'output') === 'json' ? listed(stored) : 'applied';
  }

  /** An object as an apply leaves it. */
  protected applying(item: Given, manager: string, _dry: boolean): Stored {
    return this.stored(item, { managedFields: [{ manager }] });
  }

  private write(verb: string, call: Call): Reply {
    const item = the(itemsOf(call)[0]);
    const there = this.objects.find((one) => isSame(one, item));
    if (verb === 'create' && there)
      return { code: 1, stderr: 'Error from server (AlreadyExists): it already exists' };
    if (verb === 'replace' && there?.metadata.resourceVersion !== item.metadata.resourceVersion)
      return { code: 1, stderr: 'Error from server (Conflict): the object has been modified' };
    const object = this.stored(item);
    this.store(object);
    return flag(call, 'output') === 'json' ? object : `${verb}d`;
  }

  protected stored(item: Given, more: Partial<Metadata> = {}): Stored {
    this.version += 1;
    const metadata = { uid: item.metadata.name, generation: 1, ...item.metadata, ...more };
    const version = { resourceVersion: String(this.version) };
    return stored({ ...item, metadata: { ...metadata, ...version }, status: this.statusOf(item) });
  }

  protected store(object: Stored): void {
    this.objects = [...this.objects.filter((one) => !isSame(one, object)), object];
  }

  private delete(found: readonly Stored[]): string {
    const namespaces = found.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
    this.objects = this.objects.filter(
      (one) => !found.includes(one) && !namespaces.includes(one.metadata.namespace ?? ''),
    );
    return 'deleted';
  }
}

/** What an object says of itself when it has started. */
export function settled({ kind, spec }: Pick<ApiObject, 'kind' | 'spec'>): Status {
  const replicas = spec?.replicas ?? 1;
  const counts = { observedGeneration: 1, replicas, readyReplicas: replicas, updatedReplicas: replicas };
  if (kind === 'Deployment') return { ...counts, availableReplicas: replicas };
  if (kind === 'StatefulSet') return { ...counts, currentRevision: 'a', updateRevision: 'a' };
  if (kind === 'Job') return { conditions: [{ type: 'Complete', status: 'True' }] };
  return kind === 'Pod' ? { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } : {};
}

const listed = (items: readonly Stored[]): object => (items.length === 1 && items[0]) || { items };

function printed(found: readonly Stored[], call: Call, { kinds, names }: Target): Reply {
  const output = flag(call, 'output');
  if (output === 'name')
    return found.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}\n`).join('');
  if (output !== 'json') return undefined;
  if (found.length === 0 && (names.length > 0 || kinds.length === 0)) return '';
  return names.length === 1 ? found[0] : { items: found };
}

function annotate(found: readonly Stored[], note: string): string {
  const [key = '', ...value] = note.split('=');
  for (const { metadata } of found)
    metadata.annotations = { ...metadata.annotations, [key]: value.join('=') };
  return 'annotated';
}

/** Changes an object as a merge patch does: null removes a field. */
export function merge(object: object, patch: object): void {
  for (const [key, value] of Object.entries(patch)) {
    const inner: unknown = Reflect.get(object, key);
    if (value === null) Reflect.deleteProperty(object, key);
    else if (!isFields(value)) Reflect.set(object, key, value);
    else if (isFields(inner)) merge(inner, value);
    else {
      Reflect.set(object, key, {});
      merge(object, { [key]: value });
    }
  }
}
