import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { InterruptedError } from './errors';
import { LiveLines } from './live-lines';

export interface Streams {
  readonly input: Readable & { isTTY?: boolean };
  /** Results, for people and scripts. */
  readonly output: Writable & { isTTY?: boolean; columns?: number };
  /** Progress and errors. */
  readonly errors: Writable & { isTTY?: boolean; columns?: number };
}

export interface Step {
  /** Reports what is being waited for. */
  progress(text: string): void;
  /** A line of what a program says meanwhile: shown on a terminal only. */
  detail(text: string): void;
}

/** Seconds after which a step repeats its progress where there is no terminal. */
const REPEAT = 30;

/** Results go to standard output; progress, questions and errors to standard error. */
export class Terminal {
  /** A user is there who can answer. */
  readonly interactive: boolean;

  /** @param live the lines of steps, where there is a terminal to draw them on */
  constructor(
    readonly streams: Streams,
    private readonly colours = true,
    private readonly live = streams.errors.isTTY ? new LiveLines(streams.errors) : undefined,
    private readonly hidden?: RegExp,
  ) {
    this.interactive = this.live !== undefined && streams.input.isTTY === true;
  }

  /**
   * The same for the steps of something larger: without their results.
   * @param hidden lines of remarks that are left out, too
   */
  forSteps(hidden: RegExp): Terminal {
    const output = new Writable({ write: (_, __, done) => done() });
    return new Terminal({ ...this.streams, output }, this.colours, this.live, hidden);
  }

  /** A result: standard output. */
  print(text: string): void {
    this.streams.output.write(`${text}\n`);
  }

  /** A remark: standard error. */
  say(text: string): void {
    const lines = text.split('\n').filter((line) => !this.hidden?.test(line));
    if (lines.length === 0) return;
    if (this.live) this.live.above(lines.join('\n'));
    else this.streams.errors.write(`${lines.join('\n')}\n`);
  }

  /**
   * Runs something that takes a while, and shows its progress: a line that changes on a terminal, a line for each news elsewhere.
   * Steps may run in parallel.
   */
  async step<T>(what: string, work: (step: Step) => Promise<T>): Promise<T> {
    const line = new Line(what, this.streams.errors, this.live);
    try {
      const result = await work(line);
      line.end(this.paint('green', '✔'));
      return result;
    } catch (error) {
      if (error instanceof InterruptedError) line.end(this.paint('dim', '–'), ', stopped');
      else line.end(this.paint('red', '✘'));
      throw error;
    }
  }

  /**
   * A question and its answer. Only where `interactive`.
   * @throws InterruptedError by ctrl-C, and at the end of input
   */
  async ask(question: string, signal?: AbortSignal): Promise<string> {
    const { input, errors } = this.streams;
    const lines = createInterface({ input, output: errors, terminal: this.live !== undefined });
    // While a line is read, ctrl-C comes as a letter and not as a signal; without this the process would end as if all were well.
    const given = new Promise<never>((_, reject) => {
      const stop = () => reject(new InterruptedError('Nothing was answered: nothing was changed.'));
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
    return this.coloured(stream) ? `\x1b[${CODES[colour]}m${text}\x1b[0m` : text;
  }

  /** Whether what is written there may have colours. */
  coloured(stream: 'output' | 'errors'): boolean {
    return this.colours && this.streams[stream].isTTY === true;
  }
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

/** One step's line. */
class Line implements Step {
  private readonly began = Date.now();
  private last = '';
  private lastAt = this.began;
  private readonly text = () => `… ${this.what} ${seconds(this.began)} s${this.last && `: ${this.last}`}`;

  constructor(
    private readonly what: string,
    private readonly errors: Streams['errors'],
    private readonly live: LiveLines | undefined,
  ) {
    live?.add(this.text);
  }

  progress(text: string): void {
    if (this.live) {
      this.detail(text);
      return;
    }
    const isNews = text !== this.last || Date.now() - this.lastAt > REPEAT * 1000;
    this.last = text;
    if (!isNews) return;
    this.lastAt = Date.now();
    this.errors.write(`  ${this.what}: ${text}\n`);
  }

  detail(text: string): void {
    if (!this.live) return;
    this.last = text;
    this.live.draw();
  }

  end(mark: string, how = ''): void {
    const last = `${mark} ${this.what} (${seconds(this.began)} s)${how}`;
    if (this.live) this.live.end(this.text, last);
    else this.errors.write(`${last}\n`);
  }
}

const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);
