/** Of what a failed check has said, how much is repeated at the end. */
const LAST_LINES = 12;

export interface Failure {
  /** The step, and what it promised. */
  readonly check: string;
  /** The last of what it said. */
  readonly end: string;
}

/** Where lines go: the results of a step, and what it is waiting for. */
export interface Output {
  line(text: string): void;
  progress(text: string): void;
}

/** What one step has found: a line per check, and progress while it waits. */
export class Report {
  passed = 0;
  readonly failures: Failure[] = [];

  constructor(
    private readonly output: Output,
    private readonly step = '',
  ) {}

  /** Runs one check: it passes unless it throws; what it returns is added to the line. */
  async check(promise: string, check: () => Promise<unknown>): Promise<boolean> {
    const began = Date.now();
    try {
      const remark = await check();
      this.ok(`${promise}${typeof remark === 'string' ? `: ${remark}` : ''} (${seconds(began)} s)`);
      return true;
    } catch (error) {
      this.fail(promise, error instanceof Error ? error.message : String(error), seconds(began));
      return false;
    }
  }

  ok(promise: string): void {
    this.passed += 1;
    this.output.line(`  ok    ${promise}`);
  }

  fail(promise: string, reason: string, after?: string): void {
    const end = reason.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
    this.failures.push({ check: `${this.step}: ${promise}`, end });
    this.output.line(`  FAIL  ${promise}${after ? ` (${after} s)` : ''}\n${indented(reason)}`);
  }

  /** Something the reader should know that is neither kept nor broken, such as what cannot be tried here. */
  note(text: string): void {
    this.output.line(`  note  ${text}`);
  }

  progress(text: string): void {
    this.output.progress(text);
  }

  /** Lines that belong together, such as a table. */
  block(lines: readonly string[]): void {
    this.output.line(lines.map((line) => `        ${line}`.trimEnd()).join('\n'));
  }
}

export const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);

export const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
