import { setTimeout as pause } from 'node:timers/promises';
import type { Kubectl } from '../cluster/kubectl';
import { InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { Copy } from './copy';
import { logPrinter } from './logs';
import type { Copied, Life } from './pods';
import type { Rounds } from './rounds';
import type { Source } from './sources';
import type { Look } from './tree';

export interface ConnectionsProps {
  readonly kubectl: Kubectl;
  readonly copied: readonly Copied[];
  /** Whether logs are followed. */
  readonly logs: boolean;
  readonly rounds: Rounds;
  /** A folder here, as it is now. */
  readonly look: (source: Source) => Look | undefined;
  /** The paths that differed when a pod was found. */
  readonly met: (life: Life, paths: readonly string[]) => void;
}

/** Milliseconds before a broken connection to a pod is retried. */
const AGAIN = 1000;

/** Keeps a connection to every container that runs, however often it is replaced. */
export class Connections {
  private readonly copies = new Map<Copy, Life & { readonly source: Source }>();
  /** Pod → its last known state. */
  private readonly lives = new Map<string, Life>();
  private readonly seen = new Set<string>();
  private readonly tasks = new Set<Promise<void>>();

  constructor(
    private readonly world: World,
    private readonly props: ConnectionsProps,
  ) {}

  hear(life: Life): void {
    const before = this.lives.get(life.pod);
    this.lives.set(life.pod, life);
    if (life.ending) this.leave(life);
    const copied = this.props.copied.find(({ component }) => component === life.component);
    const isNew = life.since !== undefined && life.since !== before?.since;
    if (copied === undefined || life.ending || !isNew) return;
    this.begin(this.connect(life, copied));
    if (this.props.logs) this.begin(this.followLog(life, !this.seen.has(life.component)));
    this.seen.add(life.component);
  }

  /** The copies of a folder. */
  of(source: Source): Copy[] {
    return [...this.copies].filter(([, copied]) => copied.source === source).map(([copy]) => copy);
  }

  async end(): Promise<void> {
    for (const copy of this.copies.keys()) copy.end();
    await Promise.all(this.tasks);
  }

  private leave({ pod }: Life): void {
    for (const [copy, life] of this.copies) {
      if (life.pod !== pod) continue;
      copy.end();
      this.copies.delete(copy);
      this.props.rounds.lost(pod);
    }
  }

  private begin(task: Promise<void>): void {
    const ended = task
      .catch((error: Error) => {
        if (!(error instanceof InterruptedError)) this.world.terminal.say(error.message);
      })
      .finally(() => this.tasks.delete(ended));
    this.tasks.add(ended);
  }

  /** As long as this container lives, over connections that break. */
  private async connect(life: Life, copied: Copied): Promise<void> {
    const { kubectl, rounds, look, met } = this.props;
    const { terminal, signal } = this.world;
    const { source } = copied;
    const say = (text: string) => terminal.say(text);
    while (this.lasts(life)) {
      const copy = new Copy({
        kubectl,
        copied,
        life,
        rounds,
        look: () => look(source),
        say,
        met: (paths) => met(life, paths),
      });
      this.copies.set(copy, { ...life, source });
      const why = await copy.run().finally(() => this.copies.delete(copy));
      // The watch may still report that the pod is gone.
      await pause(AGAIN, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      if (this.lasts(life)) say(`${life.pod}: the connection has ended (${why}); retrying`);
    }
    say(`${life.component}: ${life.pod} has ended or starts again; its replacement gets every change`);
  }

  private lasts({ pod, since }: Life): boolean {
    const now = this.lives.get(pod);
    return now !== undefined && !now.ending && now.since === since;
  }

  private async followLog({ pod, component }: Life, wasThere: boolean): Promise<void> {
    const width = Math.max(...this.props.copied.map((one) => one.component.length));
    const output = logPrinter(this.world.terminal, component, width);
    const args = ['logs', pod, `--container=${component}`, '--follow'];
    // Of a server that was there before, only new lines.
    await this.props.kubectl.attempt(wasThere ? [...args, '--tail=0'] : args, { output });
  }
}
