import type { Step } from './step';

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

const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(1);

const indented = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');

/** How many of the longest steps the end of the log names. */
const LONGEST = 10;

/** What the whole run prints and has found. The lines of a step stay together, whatever runs beside it. */
export class Results {
  passed = 0;
  readonly failures: Failure[] = [];
  private readonly times: { readonly name: string; readonly milliseconds: number }[] = [];
  private readonly began = Date.now();

  /** @param sideBySide whether several steps may run at the same time: then a step prints its lines when it ends */
  constructor(
    private readonly sideBySide: boolean,
    private readonly print: (line: string) => void = console.log,
  ) {}

  /** Runs one step with a report of its own; returns whether it passed. */
  async of(step: Step, task: (report: Report) => Promise<void>): Promise<boolean> {
    const began = Date.now();
    const lines = [`\n${step.name}: ${step.about}`];
    const line = (text: string) => (this.sideBySide ? void lines.push(text) : this.print(text));
    const of = this.sideBySide ? ` ${step.name}:` : '';
    if (this.sideBySide) this.print(`  ...  ${of} begins`);
    else this.print(lines[0] ?? '');
    const report = new Report({ line, progress: (text) => this.print(`  ...  ${of} ${text}`) }, step.name);
    await task(report).catch((error: Error) => report.fail('the step itself', error.stack ?? error.message));
    line(`  time  ${seconds(began)} s`);
    if (this.sideBySide) this.print(lines.join('\n'));
    this.times.push({ name: step.name, milliseconds: Date.now() - began });
    this.passed += report.passed;
    this.failures.push(...report.failures);
    return report.failures.length === 0;
  }

  /** A long log is read from its end, and often no more than the end is kept. */
  summary(): void {
    const longest = [...this.times].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, LONGEST);
    const rows = longest.map(
      ({ name, milliseconds }) => `  ${(milliseconds / 1000).toFixed(1).padStart(7)} s  ${name}`,
    );
    const failed = this.failures.map(({ check, end }) => `\n  FAIL  ${check}\n${indented(end)}`);
    this.print(
      [
        '\nThe longest steps:',
        ...rows,
        ...failed,
        `\n${this.passed} passed, ${this.failures.length} failed in ${seconds(this.began)} s`,
      ].join('\n'),
    );
  }
}
