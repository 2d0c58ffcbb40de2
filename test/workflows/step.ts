import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps?: readonly { readonly run?: string }[] }>>;
}

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');

/** How GitHub starts a script: it ends at the first command that fails, in a pipe too. */
export const BASH = ['--noprofile', '--norc', '-eo', 'pipefail', '-c'] as const;

/** The one script of a job in `.github/workflows/<workflow>.yml`. */
export function scriptOf(workflow: string, job: string): string {
  const { jobs }: Workflow = parse(readFileSync(join(FOLDER, `${workflow}.yml`), 'utf8'));
  const scripts = (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);
  const [script] = scripts;
  if (script === undefined || scripts.length > 1) {
    throw new Error(`${workflow}.yml: job ${job} has ${scripts.length} scripts, and this test is for one`);
  }
  return script;
}
