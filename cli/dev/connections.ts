import { setTimeout as pause } from 'node:timers/promises';
import { InterruptedError } from '../terminal/errors';
import type { World } from '../world';
import { type Context, Copy } from './copy';
import { logPrinter } from './logs';
import type { Copied, Life } from './pods';
import type { Source } from './tree';

/** Milliseconds before a broken connection to a pod is retried. */
const AGAIN = 1000;

/** Keeps a connection to every container that runs, however often it is replaced. */
export class Connections {
  private readonly copies = new Set<Copy>();
  /** Pod → its last known state. */
  private readonly lives = new Map<string, Life>();
  private readonly seen = new Set<string>();
  private readonly tasks = new Set<Promise<void>>();

  constructor(
    private readonly world: World,
    private readonly context: Context,
    private readonly copied: readonly Copied[],
    private readonly logs: boolean,
  ) {}

  hear(life: Life): void {
    const before = this.lives.get(life.pod);
    this.lives.set(life.pod, life);
    if (life.ending) this.leave(life);
    const copied = this.copied.find(({ component }) => component === life.component);
    const isNew = life.since !== undefined && life.since !== before?.since;
    if (copied === undefined || life.ending || !isNew) return;
    this.begin(this.connect(life, copied));
    if (this.logs) this.begin(this.followLog(life, copied, !this.seen.has(life.component)));
    this.seen.add(life.component);
  }

  /** The copies of a folder. */
  of(source: Source): Copy[] {
    return [...this.copies].filter(({ copied }) => copied.source === source);
  }

  async end(): Promise<void> {
    for (const copy of this.copies) copy.end();
    await Promise.all(this.tasks);
  }

  private leave({ pod }: Life): void {
    for (const copy of this.copies) {
      if (copy.life.pod !== pod) continue;
      copy.end();
      this.copies.delete(copy);
      this.context.rounds.lost(pod);
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
    const { say } = this.context;
    const { signal } = this.world;
    while (this.lasts(life)) {
      const copy = new Copy(this.context, copied, life);
      this.copies.add(copy);
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

  private async followLog({ pod }: Life, { component, probes }: Copied, wasThere: boolean): Promise<void> {
    const width = Math.max(...this.copied.map((one) => one.component.length));
    const output = logPrinter(this.world.terminal, component, width, probes);
    const args = ['logs', pod, `--container=${component}`, '--follow'];
    // Of a server that was there before, only new lines.
    await this.context.kubectl.attempt(wasThere ? [...args, '--tail=0'] : args, { output });
  }
}
