import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Unusable } from './unusable';
import { play, type Result } from './workflow/play';
import { stepsOf } from './workflow/steps';

const HELP = `Runs the commands of .github/workflows/<name>.yml here, in this folder: one job after the other.

  npm run workflow -- check                      every job, as far as it can run here
  npm run workflow -- check page slow            these jobs, and each of their steps has to run
  GITHUB_REF_NAME=images-1.2.3 GITHUB_SHA=HEAD npm run workflow -- images      with values that GitHub would fill in

Actions (uses:) and conditions (if:) are GitHub's: sources, Node and Python are what this machine has. What needs Docker, a
cluster, GitHub, or a value that nobody gave is listed as not run. Try what commits in a clone.
Exit code 0: what ran passed. 1: a step failed, or one of a job that you named was not run. 2: there is no such workflow or job.
`;

function main(): void {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [name, ...wanted] = positionals;
  if (name === undefined) throw new Unusable(['Name a workflow: npm run workflow -- check']);
  const house = join(__dirname, '..');
  const results = play(house, stepsOf(house, name, wanted), process.env);
  console.log(`\n${results.map(line).join('\n')}`);
  const wrong = (result: Result) =>
    result.outcome === 'failed' || (wanted.length > 0 && result.outcome === 'not run');
  process.exitCode = results.some(wrong) ? 1 : 0;
}

const line = ({ step, outcome, note }: Result): string =>
  `${outcome.padEnd(8)} ${step.job}: ${step.name} (${note})`;

try {
  main();
} catch (error) {
  const { message } = error as Error;
  console.error(error instanceof Unusable ? message : `${message}\nSee npm run workflow -- --help`);
  process.exitCode = 2;
}
