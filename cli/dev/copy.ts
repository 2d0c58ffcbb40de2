import type { Kubectl } from '../cluster/kubectl';
import { Agent, type LoadError } from './agent/agent';
import { type Order, orderFor, pathsOf } from './order';
import type { Copied } from './pod-copies';
import type { Life } from './pods';
import type { Rounds } from './rounds';
import type { Look } from './tree';

export interface CopyProps {
  readonly kubectl: Kubectl;
  readonly copied: Copied;
  readonly life: Life;
  readonly rounds: Rounds;
  /** The folder here, as it is now. */
  readonly look: () => Look | undefined;
  readonly say: (text: string) => void;
  /** What was brought when the pod was met. */
  readonly met: (paths: readonly string[]) => void;
}

/** The copy of a folder in one pod. */
export class Copy {
  /** path → digest; unknown until the agent has told. */
  private present?: Map<string, string | null>;
  private agent?: Agent;

  constructor(private readonly props: CopyProps) {}

  /** Runs until the pod or the connection is gone. @returns why */
  async run(): Promise<string> {
    const { kubectl, copied, life, rounds } = this.props;
    this.agent = new Agent(kubectl, life.pod, copied, {
      files: (files) => this.meet(files),
      failed: (paths) => this.failed(paths),
      served: (upTo: number, error?: LoadError) => rounds.served(upTo, life.pod, error),
    });
    try {
      return await this.agent.run();
    } finally {
      this.present = undefined;
      rounds.lost(life.pod);
    }
  }

  end(): void {
    this.agent?.end();
  }

  /** What the pod lacks. */
  missing(look: Look): Order | undefined {
    if (this.present === undefined) return undefined;
    const order = orderFor(look, this.present);
    return pathsOf(order).length > 0 ? order : undefined;
  }

  /** @param number of the order, from the round that it belongs to */
  bring(order: Order, number: number): void {
    const { life, rounds, copied } = this.props;
    rounds.sent(copied.source, number, life.pod, life.component);
    const written = this.agent?.send(number, order) ?? [];
    for (const path of order.delete) this.present?.delete(path);
    for (const [path, to] of order.link) this.present?.set(path, `-> ${to}`);
    for (const [path, digest] of written) this.present?.set(path, digest);
  }

  private meet(files: ReadonlyMap<string, string | null>): void {
    const { rounds, copied, met } = this.props;
    this.present = new Map([...files].filter(([path]) => !copied.source.ignores(path)));
    const look = this.props.look();
    const order = look && this.missing(look);
    met(order ? pathsOf(order) : []);
    if (order) this.bring(order, rounds.begin(copied.source, pathsOf(order)));
  }

  private failed(paths: readonly (readonly [path: string, why: string])[]): void {
    const { say, life } = this.props;
    // Tried again only when it is saved again: a full disk does not become empty by itself.
    for (const [path, why] of paths) say(`${life.pod}: ${path} cannot be written: ${why}`);
  }
}
