import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Unusable } from '../unusable';

/** A command of a workflow, with what it inherits from its job and its workflow. */
export interface Step {
  readonly job: string;
  /** By which others ask for what it wrote to GITHUB_OUTPUT. */
  readonly id?: string;
  readonly name: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  /** Below the repository. */
  readonly folder: string;
}

interface Job {
  readonly env?: Record<string, string>;
  readonly steps?: readonly {
    readonly id?: string;
    readonly name?: string;
    readonly run?: string;
    readonly if?: string;
    readonly env?: Record<string, string>;
    readonly 'working-directory'?: string;
  }[];
}

interface Workflow {
  readonly env?: Record<string, string>;
  readonly jobs: Readonly<Record<string, Job>>;
}

/**
 * The commands of some jobs, in their order; of all jobs where none is named.
 * @throws Unusable if there is no such workflow, or no such job with steps
 */
export function stepsOf(house: string, name: string, wanted: readonly string[]): Step[] {
  const folder = join(house, '.github', 'workflows');
  const file = join(folder, `${name}.yml`);
  if (!existsSync(file)) {
    const names = readdirSync(folder).map((path) => path.replace(/\.yml$/, ''));
    throw new Unusable([`${name}: is not a workflow; choose from ${names.sort().join(', ')}`]);
  }
  const { env, jobs }: Workflow = parse(readFileSync(file, 'utf8'));
  const withSteps = Object.keys(jobs).filter((job) => jobs[job]?.steps);
  const unknown = wanted.filter((job) => !withSteps.includes(job));
  if (unknown.length > 0) {
    throw new Unusable([
      `${unknown.join(', ')}: no job with steps in ${name}.yml; choose from ${withSteps.join(', ')}`,
    ]);
  }
  return (wanted.length > 0 ? wanted : withSteps).flatMap((job) => commandsOf(job, jobs[job] ?? {}, env));
}

const commandsOf = (job: string, { env, steps = [] }: Job, outer?: Record<string, string>): Step[] =>
  steps.flatMap((step) => {
    const { id, run } = step;
    // `npm ci` is done: this program would not have started without it.
    if (run === undefined || run === 'npm ci' || step.if?.includes('failure()')) return [];
    return {
      job,
      ...(id !== undefined && { id }),
      name: step.name ?? run,
      run,
      env: { ...outer, ...env, ...step.env },
      folder: step['working-directory'] ?? '.',
    };
  });
