import { type Readable, Writable } from 'node:stream';
import { InterruptedError } from './errors';
import { LiveLines } from './live-lines';
import { OWN, shownOn, written } from './written';

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

/** How something may be painted; `text` as it is where there are no colours. */
export type Paint = (colour: keyof typeof CODES, text: string) => string;

/** Seconds after which a step repeats its progress where there is no terminal. */
const REPEAT = 30;

/**
 * Results go to standard output; progress, questions and errors to standard error. Whatever they quote of a cluster, a program or a
 * file cannot take over the terminal, because nothing but `written` texts get there.
 */
export class Terminal {
  /** Standard output as it is: for bytes that are for programs only. */
  readonly bytes: Streams['output'];

  /** @param live the lines of steps, where there is a terminal to draw them on */
  constructor(
    private readonly streams: Streams,
    private readonly colours = true,
    private readonly live = streams.errors.isTTY ? new LiveLines(streams.errors) : undefined,
    private readonly hidden?: RegExp,
  ) {
    this.bytes = streams.output;
  }

  /** Asked for by what reads it only: Node takes a while to make it. */
  get input(): Streams['input'] {
    return this.streams.input;
  }

  /** A user is there who can answer. */
  get interactive(): boolean {
    return this.live !== undefined && this.input.isTTY === true;
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
    this.streams.output.write(written(`${text}\n`));
  }

  /** A remark: standard error. */
  say(text: string): void {
    const lines = text.split('\n').filter((line) => !this.hidden?.test(line));
    if (lines.length === 0) return;
    if (this.live) this.live.above(lines.join('\n'));
    else this.streams.errors.write(written(`${lines.join('\n')}\n`));
  }

  /** Takes what a program writes, and shows it as it comes. */
  log(stream: 'output' | 'errors' = 'output'): Writable {
    return shownOn(this.streams[stream]);
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
    const { createInterface } = require('node:readline/promises') as typeof import('node:readline/promises');
    const { input, errors } = this.streams;
    const lines = createInterface({ input, output: errors, terminal: this.live !== undefined });
    // While a line is read, ctrl-C comes as a letter and not as a signal; without this the process would end as if all were well.
    const given = new Promise<never>((_, reject) => {
      const stop = () => reject(new InterruptedError('Nothing was answered: nothing was changed.'));
      lines.once('SIGINT', stop).once('close', stop);
      signal?.addEventListener('abort', stop, { once: true });
    });
    try {
      return (await Promise.race([lines.question(written(question)), given])).trim();
    } finally {
      lines.close();
    }
  }

  /** A text in a colour, where what it is written to is a terminal. */
  paint(colour: keyof typeof CODES, text: string, stream: 'output' | 'errors' = 'errors'): string {
    const isColoured = this.colours && this.streams[stream].isTTY === true;
    return isColoured ? `${OWN}[${CODES[colour]}m${text}${OWN}[0m` : text;
  }

  readonly paintResult: Paint = (colour, text) => this.paint(colour, text, 'output');
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
    this.errors.write(written(`  ${this.what}: ${text}\n`));
  }

  detail(text: string): void {
    if (!this.live) return;
    this.last = text;
    this.live.draw();
  }

  end(mark: string, how = ''): void {
    const last = `${mark} ${this.what} (${seconds(this.began)} s)${how}`;
    if (this.live) this.live.end(this.text, last);
    else this.errors.write(written(`${last}\n`));
  }
}

const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);
