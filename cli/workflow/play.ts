import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { obstacleOf } from './obstacle';
import type { Step } from './steps';

export interface Result {
  readonly step: Step;
  readonly outcome: 'passed' | 'failed' | 'not run';
  /** Seconds, or why it was not run. */
  readonly note: string;
}

type Values = Readonly<Record<string, string | undefined>>;

/**
 * Runs steps one after the other, in the repository as it is, and stops at the first that fails.
 * @param given the environment, with the values that GitHub would fill in
 */
export function play(house: string, steps: readonly Step[], given: Values): Result[] {
  const scratch = mkdtempSync(join(tmpdir(), 'coped-workflow-'));
  const results: Result[] = [];
  // `steps.<id>.outputs.<name>` within a job.
  const outputs = new Map<string, string>();
  try {
    for (const step of steps) {
      const values = { ...given, ...resolved(step, given, outputs) };
      const obstacle = obstacleOf(step, values);
      if (obstacle !== undefined) {
        results.push({ step, outcome: 'not run', note: obstacle });
        continue;
      }
      console.log(`\n== ${step.job}: ${step.name}`);
      const files = filesFor(scratch);
      const start = Date.now();
      const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
        cwd: join(house, step.folder),
        env: { ...values, ...files },
        stdio: 'inherit',
      });
      const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
      results.push({ step, outcome: status === 0 ? 'passed' : 'failed', note: seconds });
      if (status !== 0) break;
      for (const [name, value] of written(files.GITHUB_OUTPUT))
        outputs.set(`${step.job} ${step.id} ${name}`, value);
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return results;
}

/** The environment of a step: an expression's value is what an earlier step wrote, or what was given under the same name. */
function resolved({ job, env }: Step, given: Values, outputs: ReadonlyMap<string, string>): Values {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => {
      const text = String(value).replace(
        /\$\{\{ *steps\.([\w-]+)\.outputs\.([\w-]+) *\}\}/g,
        (all, id, output) => outputs.get(`${job} ${id} ${output}`) ?? all,
      );
      return [name, text.includes('${{') ? given[name] : text];
    }),
  );
}

function filesFor(scratch: string) {
  const file = (name: string) => {
    writeFileSync(join(scratch, name), '');
    return join(scratch, name);
  };
  return {
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    GITHUB_ENV: file('env'),
    GITHUB_PATH: file('path'),
    RUNNER_TEMP: scratch,
  };
}

const written = (file: string): [string, string][] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes('='))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
