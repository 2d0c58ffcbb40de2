import type { Step } from '../terminal';
import type { World } from '../world';
import { programError } from './program-errors';

export interface Work {
  /** `building coped/django:development`, for the message if it fails. */
  readonly what: string;
  /** What to do then, where the cause is not a usual one. */
  readonly next: string;
  /** Seconds. */
  readonly within: number;
}

/**
 * Runs a program that may take minutes, and shows on a terminal what it says meanwhile.
 * @throws CliError with the cause
 */
export async function runProgram(
  { execute }: World,
  step: Step,
  [program = '', ...args]: readonly string[],
  { what, next, within }: Work,
): Promise<void> {
  const heard = (text: string) => {
    const last = text
      .split(/[\r\n]+/)
      .filter((line) => line.trim() !== '')
      .at(-1);
    if (last !== undefined) step.detail(last.trim());
  };
  const result = await execute(program, args, { within, heard });
  if (result.code !== 0) throw programError(`${what} has failed`, result, next);
}
