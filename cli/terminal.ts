import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { Interrupted } from './cluster/execute';

export interface Streams {
  readonly input: Readable & { isTTY?: boolean };
  /** Results, for people and scripts. */
  readonly output: Writable & { isTTY?: boolean; columns?: number };
  /** Progress and errors. */
  readonly errors: Writable & { isTTY?: boolean; columns?: number };
}

export interface Step {
  /** Says what is being waited for. */
  progress(text: string): void;
}

/** Seconds after which a step that says nothing new is heard of again where there is no terminal. */
const REPEAT = 30;

/** Results go to standard output; progress, questions and errors to standard error. */
export class Terminal {
  /** Somebody is there who can answer. */
  readonly interactive: boolean;
  private readonly live: boolean;

  constructor(
    readonly streams: Streams,
    private readonly colours = true,
  ) {
    this.live = streams.errors.isTTY === true;
    this.interactive = this.live && streams.input.isTTY === true;
  }

  /** The same, without the results of what is only a part of something larger. */
  withoutResults(): Terminal {
    const output = new Writable({ write: (_, __, done) => done() });
    return new Terminal({ ...this.streams, output }, this.colours);
  }

  /** A result: standard output. */
  print(text: string): void {
    this.streams.output.write(`${text}\n`);
  }

  /** A remark: standard error. */
  say(text: string): void {
    this.streams.errors.write(`${text}\n`);
  }

  /**
   * Does something that takes a while, and shows that it goes on: a line that changes on a terminal, a line per news elsewhere.
   * What `work` returns is the result; the time is added to the line.
   */
  async step<T>(what: string, work: (step: Step) => Promise<T>): Promise<T> {
    const began = Date.now();
    const line = new Line(what, began, this.streams.errors, this.live);
    try {
      const result = await work(line);
      line.end(this.paint('green', '✔'));
      return result;
    } catch (error) {
      line.end(this.paint('red', '✘'));
      throw error;
    }
  }

  /**
   * A question and its answer. Only where `interactive`.
   * @throws Interrupted by ctrl-C, and at the end of input
   */
  async ask(question: string, signal?: AbortSignal): Promise<string> {
    const { input, errors } = this.streams;
    const lines = createInterface({ input, output: errors, terminal: this.live });
    // While a line is read, ctrl-C comes as a letter and not as a signal; without this the process would end as if all were well.
    const given = new Promise<never>((_, reject) => {
      const stop = () => reject(new Interrupted('Nothing was answered: nothing was changed.'));
      lines.once('SIGINT', stop).once('close', stop);
      signal?.addEventListener('abort', stop, { once: true });
    });
    try {
      return (await Promise.race([lines.question(question), given])).trim();
    } finally {
      lines.close();
    }
  }

  /** A text in a colour, where what it is written to is a terminal. */
  paint(colour: keyof typeof CODES, text: string, stream: 'output' | 'errors' = 'errors'): string {
    return this.colours && this.streams[stream].isTTY ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text;
  }
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** One step's line. */
class Line implements Step {
  private told = '';
  private toldAt: number;
  private readonly timer?: NodeJS.Timeout;

  constructor(
    private readonly what: string,
    private readonly began: number,
    private readonly errors: Streams['errors'],
    private readonly live: boolean,
  ) {
    this.toldAt = began;
    if (live) this.timer = setInterval(() => this.draw('…'), 200).unref();
    this.draw('…');
  }

  progress(text: string): void {
    const isNews = text !== this.told || Date.now() - this.toldAt > REPEAT * 1000;
    this.told = text;
    if (isNews && !this.live) this.errors.write(`  ${this.what}: ${text}\n`);
    if (isNews) this.toldAt = Date.now();
    this.draw('…');
  }

  end(mark: string): void {
    clearInterval(this.timer);
    this.told = '';
    if (this.live) this.errors.write('\r\x1b[K');
    this.errors.write(`${mark} ${this.what} (${seconds(this.began)} s)\n`);
  }

  private draw(mark: string): void {
    if (!this.live) return;
    const text = `${mark} ${this.what} ${seconds(this.began)} s${this.told && `: ${this.told}`}`;
    const width = (this.errors.columns ?? 80) - 1;
    this.errors.write(`\r\x1b[K${text.replaceAll('\n', ' ').slice(0, width)}`);
  }
}

const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);
