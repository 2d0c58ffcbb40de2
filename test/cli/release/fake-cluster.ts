import type { Result } from '../../../cli/cluster/execute';
import { LAST_APPLIED } from '../../../cli/cluster/server-side-apply';
import { InterruptedError } from '../../../cli/terminal/errors';
import { FakeCluster, settled } from '../fake-cluster';
import { type Given, type Stored, stored } from '../fake-object';
import { isSame, itemsOf } from '../fake-selection';
import type { Answer, Call } from '../fake-world';
import { handOver, setFields } from './field-owners';

/** How one call goes wrong. */
export type Fault =
  /** It does nothing and says so. */
  | 'refused'
  /** It does everything, but its answer is lost. */
  | 'lost'
  /** It does a part, then the API server is gone for good. */
  | 'down'
  /** Ctrl-C before it, or when it has done a part. */
  | 'interrupted'
  | 'interrupted-half'
  /** The machine loses power: nothing is cleaned up. */
  | 'killed';

const PLAIN = 'kubectl-client-side-apply';
const HASH = { 'pod-template-hash': 'new' };
const fail = (stderr: string): Result => ({ code: 1, stdout: '', stderr });

/** A cluster for deploys: the fields of its objects have owners, and one call may go wrong. */
export class ReleaseCluster extends FakeCluster {
  /** The calls of the last run. */
  calls: string[] = [];
  /** The call that goes wrong, and how. */
  fault?: { readonly at: number; readonly how: Fault };
  private isDown = false;
  private isInterrupted = false;

  constructor() {
    super();
    this.when(/^get secrets --output=go-template/, 'django secret-key\n').when(/^logs/, 'run the migration');
  }

  copy(): ReleaseCluster {
    const copy = new ReleaseCluster();
    copy.objects = structuredClone(this.objects);
    copy.version = this.version;
    return copy;
  }

  /** Objects as `Kind/name`. */
  get names(): string[] {
    return this.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  }

  /** New pods of a Deployment wait for the migration. */
  gate(name: string): void {
    const status = { initContainerStatuses: [{ name: 'wait-for-schema', state: { running: {} } }] };
    this.statusOf = (one) => ({ ...settled(one), ...(one.metadata.name === name && { updatedReplicas: 0 }) });
    this.add(
      {
        kind: 'ReplicaSet',
        metadata: { name: 'set', labels: HASH, ownerReferences: [{ uid: name }] },
      },
      { kind: 'Pod', metadata: { name: 'pod', labels: { name, ...HASH } }, status },
    );
  }

  /** kubectl for one run of a command. */
  run(abort: () => void): Answer {
    this.calls = [];
    this.isDown = false;
    this.isInterrupted = false;
    return (call) => {
      if (call.program !== 'kubectl') return fail('no such program');
      if (this.isInterrupted && !call.options.evenIfInterrupted) throw new InterruptedError();
      if (this.isDown) return fail('Unable to connect to the server');
      const at = this.calls.push(call.line) - 1;
      return this.fault?.at === at ? this.goWrong(call, this.fault.how, abort) : this.answer(call);
    };
  }

  private goWrong(call: Call, how: Fault, abort: () => void): Result {
    if (how === 'refused') return fail('Unable to connect to the server');
    if (how !== 'interrupted') this.answer(how === 'lost' ? call : halved(call));
    this.isDown = how === 'down' || how === 'killed';
    if (how === 'lost' || how === 'down') return fail('connection reset by peer');
    this.isInterrupted = true;
    abort();
    throw new InterruptedError();
  }

  protected override applying(item: Given, manager: string, dry: boolean): Stored {
    const there = this.objects.find((one) => isSame(one, item));
    const { apiVersion, kind, metadata } = item;
    const { name, namespace } = metadata;
    const object = this.stored(there ?? { apiVersion, kind, metadata: { name, namespace } });
    const annotations = { ...metadata.annotations, [LAST_APPLIED]: JSON.stringify(item) };
    const wanted = manager === PLAIN ? { ...item, metadata: { ...metadata, annotations } } : item;
    setFields(object, wanted, manager);
    const isPlain = object.metadata.managedFields.some(
      (entry) =>
        entry.manager === PLAIN && entry.fieldsV1?.['f:metadata']?.['f:annotations']?.[`f:${LAST_APPLIED}`],
    );
    // Server-side, kubectl takes over the fields of plain `kubectl apply`, as long as the annotation is still that one's.
    if (manager !== PLAIN && !dry && isPlain) {
      handOver(object, PLAIN, manager);
      setFields(object, wanted, manager);
    }
    return stored({ ...object, status: this.statusOf(object) });
  }
}

/** A call with the first half of its objects. */
function halved(call: Call): Call {
  if (!call.line.includes('--filename=-')) return call;
  const items = itemsOf(call);
  const input = JSON.stringify({ items: items.slice(0, Math.ceil(items.length / 2)) });
  return { ...call, options: { ...call.options, input } };
}
