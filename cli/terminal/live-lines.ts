import type { Writable } from 'node:stream';
import { visible } from '../../formats/visible';
import { written } from './written';

/** The text of a line, without the end of the line. */
export type Text = () => string;

/** Milliseconds between two drawings: the seconds count on. */
const EVERY = 200;

/** The last lines of a terminal, one for each running step, redrawn all the time. All else is written above them. */
export class LiveLines {
  private readonly open: Text[] = [];
  private drawn = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly stream: Writable & { columns?: number }) {}

  add(line: Text): void {
    this.open.push(line);
    this.timer ??= setInterval(() => this.draw(), EVERY).unref();
    this.draw();
  }

  /** Takes a line away; `last` stays in its place, above the others. */
  end(line: Text, last: string): void {
    this.open.splice(this.open.indexOf(line), 1);
    if (this.open.length === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    this.above(last);
  }

  /** Writes something that stays. */
  above(text: string): void {
    this.draw(`${text}\n`);
  }

  draw(above = ''): void {
    const width = (this.stream.columns ?? 80) - 1;
    const lines = this.open.map((text) => visible(text()).replace(/\s/g, ' ').slice(0, width));
    this.stream.write(`${this.erasure()}${written(above)}${lines.join('\n')}`);
    this.drawn = lines.length;
  }

  /** Moves the cursor to the beginning of the first line, and clears all of them. */
  private erasure(): string {
    if (this.drawn === 0) return '';
    return `\r${this.drawn > 1 ? `\x1b[${this.drawn - 1}A` : ''}\x1b[J`;
  }
}
