import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Kubectl } from '../cluster/kubectl';
import { eachLine } from './logs';
import type { Copied, Life } from './pods';
import { readInside } from './read-inside';
import type { LoadError, Rounds } from './rounds';
import { digestOf, type Look, type Order, orderFor, pathsOf, type Source } from './tree';

/** The program in the pod: its second part begins to run when all is known. */
export const SCRIPT = ['agent_server.py', 'agent.py']
  .map((file) => readFileSync(join(__dirname, 'agent', file), 'utf8'))
  .join('\n');

/** What the program in the pod says. */
interface Answer {
  /** The files that the pod has: path → digest. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly failed?: readonly (readonly [path: string, why: string])[];
  /** All orders up to this one are served, or answered with an error. */
  readonly served?: number;
  readonly error?: LoadError | null;
}

/** What all copies share. */
export interface Context {
  readonly kubectl: Kubectl;
  readonly rounds: Rounds;
  /** A folder here, as it is now. */
  readonly look: (source: Source) => Look | undefined;
  readonly say: (text: string) => void;
  /** The paths that differed when a pod was found. */
  readonly met: (life: Life, paths: readonly string[]) => void;
}

/** The copy of a folder in one pod, kept by a program in it: see agent.py. One `kubectl exec` for as long as the pod lives. */
export class Copy {
  private readonly orders = new PassThrough();
  /** path → digest; unknown until the pod has said it. */
  private present?: Map<string, string | null>;

  constructor(
    private readonly context: Context,
    readonly copied: Copied,
    readonly life: Life,
  ) {}

  /** Runs until the pod or the connection is gone. @returns why */
  async run(): Promise<string> {
    const { kubectl, rounds } = this.context;
    const { component, source, port, probes } = this.copied;
    const { pod } = this.life;
    const server = port === undefined ? [] : [String(port), ...probes.slice(0, 1)];
    const words = [SCRIPT, source.target, ...server];
    try {
      const { code, stderr } = await kubectl.attempt(
        ['exec', '--stdin', pod, `--container=${component}`, '--', 'python', '-u', '-c', ...words],
        { input: this.orders, output: eachLine((line) => this.hear(line)) },
      );
      return stderr.trim().split('\n').at(-1) || `exit code ${code}`;
    } finally {
      this.present = undefined;
      rounds.lost(pod);
    }
  }

  end(): void {
    this.orders.end();
  }

  /** What the pod lacks. */
  missing(look: Look): Order | undefined {
    if (this.present === undefined) return undefined;
    const order = orderFor(look, this.present);
    return pathsOf(order).length > 0 ? order : undefined;
  }

  /** @param id number of the order, from the round that it belongs to */
  bring(order: Order, id: number): void {
    const { pod, component } = this.life;
    this.context.rounds.sent(this.copied.source, id, pod, component);
    const contents = order.write.flatMap(([path, { mode }]) => {
      const bytes = this.read(path);
      return bytes ? [{ path, mode, bytes }] : [];
    });
    const write = contents.map(({ path, mode, bytes }) => [path, bytes.length, mode]);
    this.orders.write(`${JSON.stringify({ id, write, link: order.link, delete: order.delete })}\n`);
    for (const { bytes } of contents) this.orders.write(bytes);
    for (const path of order.delete) this.present?.delete(path);
    for (const [path, to] of order.link) this.present?.set(path, `-> ${to}`);
    // As it was sent: a file may have changed since it was looked at.
    for (const { path, bytes } of contents) this.present?.set(path, digestOf(bytes));
  }

  private read(path: string): Buffer | undefined {
    try {
      return readInside(this.copied.source.folder, path);
    } catch {
      // Gone since it was looked at; the next look finds that.
      return undefined;
    }
  }

  private hear(line: string): void {
    const { rounds, say } = this.context;
    const { pod } = this.life;
    const { files, failed = [], served, error } = parsed(line);
    if (files) this.meet(files);
    // Tried again only when it is saved again: a full disk does not become empty by itself.
    for (const [path, why] of failed) say(`${pod}: ${path} cannot be written: ${why}`);
    if (served !== undefined) rounds.served(served, pod, error ?? undefined);
  }

  private meet(files: NonNullable<Answer['files']>): void {
    const { rounds, look, met } = this.context;
    const { source } = this.copied;
    this.present = new Map(Object.entries(files).filter(([path]) => !source.ignores(path)));
    const now = look(source);
    const order = now && this.missing(now);
    met(this.life, order ? pathsOf(order) : []);
    if (order) this.bring(order, rounds.begin(source, pathsOf(order)));
  }
}

function parsed(line: string): Answer {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
