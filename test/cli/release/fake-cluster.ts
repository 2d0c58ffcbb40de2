import type { Execute, Options, Result } from '../../../cli/cluster/execute';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import { LAST_APPLIED } from '../../../cli/cluster/last-applied';
import { InterruptedError } from '../../../cli/terminal/errors';
import { FakeObject } from './fake-object';

/** How one call goes wrong. */
export type Fault =
  /** It does nothing and says so. */
  | 'refused'
  /** It does everything, but its answer is lost. */
  | 'lost'
  /** It does a part, then the API server is gone, for good. */
  | 'down'
  /** Somebody presses ctrl-C before it, or when it has done a part. */
  | 'interrupted'
  | 'interrupted-half'
  /** The machine loses power: nothing is cleaned up. */
  | 'killed';

const PLAIN = 'kubectl-client-side-apply';
const fail = (stderr: string): Result => ({ code: 1, stdout: '', stderr });
const answer = (stdout: string | object = ''): Result => ({
  code: 0,
  stdout: typeof stdout === 'string' ? stdout : JSON.stringify(stdout),
  stderr: '',
});

/** As much of a cluster and of kubectl as a deploy needs, in memory: objects whose fields have owners, and calls that go wrong. */
export class FakeCluster {
  readonly objects = new Map<string, FakeObject>();
  /** What is answered about Secrets: names and keys. */
  secrets: Result = answer('django secret-key\n');
  /** New pods of this Deployment wait for the migration. */
  gated?: string;
  /** What the API server does not accept. */
  refuses: (item: ApiObject) => boolean = () => false;
  /** Happens right before a call whose line begins like this. */
  before?: readonly [line: string, happens: () => void];
  /** What was called, in a line each. */
  calls: string[] = [];
  /** The call that goes wrong, and how. */
  fault?: { readonly at: number; readonly how: Fault };
  private aborted?: () => void;
  private dead = false;
  private interrupted = false;

  copy(): FakeCluster {
    const copy = new FakeCluster();
    for (const [key, object] of this.objects) copy.objects.set(key, object.copy());
    return copy;
  }

  /** kubectl for one run of a command. */
  executor(abort: () => void): Execute {
    this.calls = [];
    this.aborted = abort;
    this.dead = false;
    this.interrupted = false;
    return async (program, args, options = {}) => {
      if (program !== 'kubectl') return fail('no such program');
      const words = args.filter((arg) => !/^--(context|namespace)=/.test(arg));
      if (this.interrupted && !options.evenIfInterrupted) throw new InterruptedError();
      if (this.dead) return fail('Unable to connect to the server');
      const at = this.calls.push(words.join(' ')) - 1;
      const [line, happens] = this.before ?? [];
      if (line !== undefined && this.calls[at]?.startsWith(line)) happens?.();
      return this.fault?.at === at ? this.goWrong(words, options) : this.run(words, options);
    };
  }

  private goWrong(words: string[], options: Options): Result {
    const { how } = this.fault as { how: Fault };
    if (how === 'refused') return fail('Unable to connect to the server');
    if (how !== 'interrupted') this.run(words, options, how !== 'lost');
    if (how === 'lost') return fail('connection reset by peer');
    this.dead = how === 'down' || how === 'killed';
    if (how === 'down') return fail('connection reset by peer');
    this.interrupted = true;
    this.aborted?.();
    throw new InterruptedError();
  }

  private run([verb = '', ...words]: string[], { input = '' }: Options, half = false): Result {
    const has = (word: string) => words.includes(word);
    const given: ApiObject = has('--filename=-') ? JSON.parse(String(input)) : undefined;
    const items: ApiObject[] = given ? (given.items ?? [given]) : [];
    const list = half && items.length > 1 ? items.slice(0, Math.ceil(items.length / 2)) : items;
    const names = words.filter((word) => !word.startsWith('--'));
    if (verb === 'get') return this.get(words, names, items);
    if (verb === 'delete') return this.remove(given ? list : named(names));
    if (verb === 'logs') return answer('run the migration');
    if (verb === 'annotate') return this.annotate(names);
    if (verb === 'create' || verb === 'replace') return this.write(verb, list[0]);
    if (verb !== 'apply') throw new Error(`the fake knows no ${verb}`);
    const manager = has('--server-side') ? 'coped' : PLAIN;
    if (list.some(this.refuses)) return fail('The object is invalid:\nError: spec is invalid');
    const results = list.map((item) => this.apply(item, manager, has('--dry-run=server')));
    return answer(has('--output=json') ? { items: results } : '');
  }

  private get(words: readonly string[], names: readonly string[], items: readonly ApiObject[]): Result {
    const found = (some: readonly ApiObject[]) =>
      some.flatMap((item) => this.objects.get(FakeObject.key(item))?.render() ?? []);
    if (items.length > 0) return answer({ items: found(items) });
    if (words.some((word) => word.startsWith('--output=go-template'))) return this.secrets;
    const [kind = '', name] = names;
    if (name !== undefined) {
      const [object] = found(named(names));
      if (object) return answer(words.includes('--output=name') ? `${kind}/${name}` : object);
      return words.includes('--ignore-not-found') ? answer() : fail('Error from server (NotFound)');
    }
    const all = [...this.objects.values()].map((object) => object.render());
    if (kind === 'configmaps') {
      return answer({ items: all.filter(({ metadata }) => metadata.labels?.['coped.org/release']) });
    }
    if (kind === 'events') return answer({ items: [] });
    const gated = all.filter(({ metadata }) => metadata.name === this.gated);
    return answer({
      items: [
        ...all.filter((one) => kind.includes(`${one.kind.toLowerCase()}s`)),
        ...gated.flatMap(podAtGate),
      ],
    });
  }

  private apply(item: ApiObject, manager: string, dry: boolean): ApiObject {
    const key = FakeObject.key(item);
    const object = this.objects.get(key)?.copy() ?? new FakeObject(item);
    const noted =
      manager === PLAIN
        ? { ...item, metadata: { ...item.metadata, annotations: { [LAST_APPLIED]: JSON.stringify(item) } } }
        : item;
    object.apply(noted, manager);
    // Server-side, kubectl takes over what its older self has written, as long as the note about it is still that one's.
    if (manager === 'coped' && !dry && object.isNotedBy(PLAIN)) {
      object.handOver(PLAIN, manager);
      object.apply(noted, manager);
    }
    if (!dry) this.objects.set(key, object);
    return object.render();
  }

  private write(verb: string, item: ApiObject): Result {
    const key = FakeObject.key(item);
    const there = this.objects.get(key);
    if (verb === 'create' && there) return fail('Error from server (AlreadyExists)');
    if (verb === 'replace' && there?.render().metadata.resourceVersion !== item.metadata.resourceVersion) {
      return fail('Error from server (Conflict)');
    }
    const object = new FakeObject(item, (there?.version ?? 0) + 1);
    object.apply(item, `kubectl-${verb}`);
    this.objects.set(key, object);
    return answer(object.render());
  }

  private annotate([kind, name, change = '']: readonly string[]): Result {
    const object = this.objects.get(FakeObject.key(named([kind ?? '', name ?? ''])[0]));
    const [key = '', value] = change.split('=');
    object?.set(['metadata', 'annotations', key], value, 'kubectl-annotate');
    return object ? answer() : fail('Error from server (NotFound)');
  }

  private remove(items: readonly ApiObject[]): Result {
    for (const item of items) this.objects.delete(FakeObject.key(item));
    return answer();
  }
}

const HASH = { 'pod-template-hash': 'new' };

/** A new pod of a Deployment, with what leads to it. */
function podAtGate(deployment: ApiObject): ApiObject[] {
  deployment.status = { ...deployment.status, updatedReplicas: 0 };
  const initContainerStatuses = [{ name: 'wait-for-schema', state: { running: {} } }];
  return [
    {
      kind: 'ReplicaSet',
      metadata: { name: 'set', labels: HASH, ownerReferences: [{ uid: deployment.metadata.uid }] },
    },
    {
      kind: 'Pod',
      metadata: { name: 'pod', labels: { ...deployment.spec.selector?.matchLabels, ...HASH } },
      status: { initContainerStatuses },
    },
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  configmap: 'ConfigMap',
  lease: 'Lease',
  namespace: 'Namespace',
  pod: 'Pod',
};

/** `configmap a b` as objects. */
const named = ([kind = '', ...names]: readonly string[]): ApiObject[] =>
  names.map((name) => ({ kind: KINDS[kind], metadata: { name } }));
