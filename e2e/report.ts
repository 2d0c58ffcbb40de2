/** Of what a failed check has said, how much is said again at the end. */
const LAST_LINES = 12;

export interface Failure {
  /** The step, and what it promised. */
  readonly check: string;
  /** The last of what was said. */
  readonly end: string;
}

/** What the reader sees: a line per check, progress while something is awaited, and the sum at the end. */
export class Report {
  passed = 0;
  readonly failures: Failure[] = [];
  private step = '';

  constructor(private readonly print: (line: string) => void = console.log) {}

  begin(step: string, about: string): void {
    this.step = step;
    this.print(`\n${step}: ${about}`);
  }

  /** Runs one check: it passes unless it throws; what it returns is added to the line. */
  async check(promise: string, check: () => Promise<unknown>): Promise<boolean> {
    const began = Date.now();
    try {
      const remark = await check();
      this.ok(`${promise}${typeof remark === 'string' ? `: ${remark}` : ''} (${seconds(began)} s)`);
      return true;
    } catch (error) {
      this.fail(promise, error instanceof Error ? error.message : String(error));
      return false;
    }
  }

  ok(promise: string): void {
    this.passed += 1;
    this.print(`  ok    ${promise}`);
  }

  fail(promise: string, reason: string): void {
    const end = reason.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    this.failures.push({ check: `${this.step}: ${promise}`, end });
    this.print(`  FAIL  ${promise}\n${indented(reason)}`);
  }

  /** Something the reader should know that is neither kept nor broken, such as what cannot be tried here. */
  note(text: string): void {
    this.print(`  note  ${text}`);
  }

  progress(text: string): void {
    this.print(`  ...   ${text}`);
  }

  /** Lines that belong together, such as a table. */
  block(lines: readonly string[]): void {
    this.print(lines.map((line) => `        ${line}`.trimEnd()).join('\n'));
  }

  summary(began: number): void {
    // A long log is read from its end, and often no more than the end is kept.
    const failed = this.failures.map(({ check, end }) => `\n  FAIL  ${check}\n${indented(end)}`).join('');
    this.print(`${failed}\n${this.passed} passed, ${this.failures.length} failed in ${seconds(began)} s`);
  }
}

const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
