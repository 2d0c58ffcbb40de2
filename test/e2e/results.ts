import { type Failure, indented, Report, seconds } from './report';
import type { Step } from './step';

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
