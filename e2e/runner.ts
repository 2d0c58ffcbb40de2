import { Refused } from './cluster/current-context';
import type { Step, Suite } from './step';

/** The steps whose names are given, or begin with a given name; all without a name. */
export function selected(steps: readonly Step[], names: readonly string[]): Step[] {
  const matches = (step: Step, name: string) => step.name === name || step.name.startsWith(`${name}-`);
  const unknown = names.filter((name) => !steps.some((step) => matches(step, name)));
  if (unknown.length > 0) throw new Refused(`there is no step ${unknown.join(', ')}; --list names them`);
  return steps.filter((step) => names.length === 0 || names.some((name) => matches(step, name)));
}

/** Runs steps in order. One that failed takes those with it that need it, and no others. */
export async function run(steps: readonly Step[], suite: Suite): Promise<void> {
  const { report } = suite;
  const broken = new Set<string>();
  for (const step of steps) {
    const before = report.failures.length;
    report.begin(step.name, step.about);
    const missing = step.needs?.filter((name) => broken.has(name)) ?? [];
    if (missing.length > 0) {
      report.fail('not run', `it needs ${missing.join(', ')}`);
    } else {
      await step
        .run(suite)
        .catch((error: Error) => report.fail('the step itself', error.stack ?? error.message));
    }
    if (report.failures.length > before) broken.add(step.name);
  }
}
