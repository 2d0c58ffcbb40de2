import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Kubectl } from '../../cluster/kubectl';
import { eachLine } from '../lines';
import type { Order } from '../order';
import type { Copied } from '../pod-copies';
import { digestOf } from '../tree';

/** The program in the pod: its second part begins to run when all is known. */
export const SCRIPT = ['agent_server.py', 'agent.py']
  .map((file) => readFileSync(join(__dirname, file), 'utf8'))
  .join('\n');

/** What a server could not load. */
export interface LoadError {
  /** The last line of the traceback. */
  readonly text: string;
  /** The last place in the code that it names. */
  readonly file: string | null;
  readonly line: number | null;
}

/** What the agent says. */
interface Answer {
  readonly files?: Readonly<Record<string, string | null>>;
  readonly done?: number;
  readonly failed?: readonly (readonly [path: string, why: string])[];
  readonly served?: number;
  readonly error?: LoadError | null;
}

export interface Hearing {
  /** The files that the pod has: path → digest. */
  files(files: ReadonlyMap<string, string | null>): void;
  failed(paths: readonly (readonly [path: string, why: string])[]): void;
  /** All orders up to this one are served, or answered with an error. */
  served(order: number, error: LoadError | undefined): void;
}

/** The agent in a pod: see agent.py. One `kubectl exec` for as long as the pod lives. */
export class Agent {
  private readonly orders = new PassThrough();

  constructor(
    private readonly kubectl: Kubectl,
    private readonly pod: string,
    private readonly copied: Copied,
    private readonly hearing: Hearing,
  ) {}

  /** Runs until the pod or the connection is gone. @returns why */
  async run(): Promise<string> {
    const { component, source, port } = this.copied;
    const command = [
      'python',
      '-u',
      '-c',
      SCRIPT,
      source.target,
      ...(port === undefined ? [] : [String(port)]),
    ];
    const { code, stderr } = await this.kubectl.attempt(
      ['exec', '--stdin', this.pod, `--container=${component}`, '--', ...command],
      { input: this.orders, output: eachLine((line) => this.hear(line)) },
    );
    return stderr.trim().split('\n').at(-1) || `it ended with ${code}`;
  }

  /** @returns what was sent: path → digest, because a file may have changed since it was looked at */
  send(id: number, order: Order): Map<string, string> {
    const contents = order.write.flatMap(([path, { mode }]) => {
      const bytes = this.read(path);
      return bytes ? [{ path, mode, bytes }] : [];
    });
    const write = contents.map(({ path, mode, bytes }) => [path, bytes.length, mode]);
    this.orders.write(`${JSON.stringify({ id, write, link: order.link, delete: order.delete })}\n`);
    for (const { bytes } of contents) this.orders.write(bytes);
    return new Map(contents.map(({ path, bytes }) => [path, digestOf(bytes)]));
  }

  end(): void {
    this.orders.end();
  }

  private read(path: string): Buffer | undefined {
    try {
      return readFileSync(join(this.copied.source.folder, path));
    } catch {
      // Gone since it was looked at; the next look finds that.
      return undefined;
    }
  }

  private hear(line: string): void {
    const answer = parsed(line);
    if (answer?.files) this.hearing.files(new Map(Object.entries(answer.files)));
    if (answer?.failed?.length) this.hearing.failed(answer.failed);
    if (answer?.served !== undefined) this.hearing.served(answer.served, answer.error ?? undefined);
  }
}

function parsed(line: string): Answer | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
