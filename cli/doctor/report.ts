import type { Terminal } from '../terminal';
import { CliError } from '../terminal/errors';
import type { Finding, Level } from './finding';

const COLOURS = { ok: 'green', warning: 'yellow', problem: 'red' } as const;
const WIDTH = 'warning'.length;

const count = (findings: readonly Finding[], wanted: Level): number =>
  findings.filter(({ level }) => level === wanted).length;

/** One line for each finding, and what to do below those that are not ok. */
export function report(terminal: Terminal, findings: readonly Finding[], json = false): void {
  if (json) {
    terminal.print(JSON.stringify({ fine: count(findings, 'problem') === 0, findings }, null, 2));
    return;
  }
  for (const { about, level, found, next } of findings) {
    const mark = terminal.paint(COLOURS[level], level.padEnd(WIDTH), 'output');
    terminal.print(`${mark}  ${about}: ${found}`);
    if (next) terminal.print(`${' '.repeat(WIDTH)}  → ${next}`);
  }
}

/** @throws CliError if there is a problem */
export function fineOrNot(findings: readonly Finding[]): void {
  const problems = count(findings, 'problem');
  if (problems === 0) return;
  throw new CliError(
    problems === 1 ? '1 problem' : `${problems} problems`,
    'Fix the first problem, then run it again',
  );
}
