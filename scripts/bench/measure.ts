import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Programs are measured in turns, and the median of the turns' ratios counts: what slows the machine down for a while slows all.
// The fastest run of each would favour the shorter one, which more often falls between two disturbances.

export const ROOT = join(__dirname, '..', '..');

/** A variable that makes Node read a file of certificates at each start would flatter every ratio. */
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

export const milliseconds = (run: () => unknown): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

/**
 * How long a program runs.
 *
 * @param ends exit code that it has to end with
 */
export const command =
  (program: string, args: readonly string[], env: Record<string, string> = {}, cwd = ROOT, ends = 0) =>
  (): number =>
    milliseconds(() => {
      const options = { cwd, env: { ...environment, ...env }, encoding: 'utf8' } as const;
      const { status, stderr } = spawnSync(program, args, options);
      if (status !== ends) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`);
    });

/** How long each takes, turn by turn. */
export function inTurns<Name extends string>(
  what: string,
  sides: Readonly<Record<Name, () => number>>,
  rounds: number,
): Record<Name, number>[] {
  const turn = () =>
    Object.fromEntries(Object.entries<() => number>(sides).map(([name, run]) => [name, run()])) as Record<
      Name,
      number
    >;
  turn();
  const turns = Array.from({ length: rounds }, (_, round) => {
    process.stderr.write(`\r${what}: round ${round + 1} of ${rounds} `);
    return turn();
  });
  process.stderr.write('\r\x1b[K');
  return turns;
}
