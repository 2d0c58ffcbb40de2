import { Refused } from './cluster/current-context';
import type { Results } from './report';
import type { Step, Suite } from './step';

/** What is asked for on the command line. */
export interface Choice {
  /** Names of steps, or the words they begin with. */
  readonly only: readonly string[];
  readonly lanes: readonly string[];
  readonly deep: boolean;
}

/** The steps of core, or all with `deep`; a step that is named runs whichever suite it is in. */
export function selected(steps: readonly Step[], { only, lanes, deep }: Choice): Step[] {
  const matches = (step: Step, name: string) => step.name === name || step.name.startsWith(`${name}-`);
  const unknown = [
    ...only.filter((name) => !steps.some((step) => matches(step, name))).map((name) => `step ${name}`),
    ...lanes.filter((lane) => !steps.some((step) => step.lane === lane)).map((lane) => `lane ${lane}`),
  ];
  if (unknown.length > 0) throw new Refused(`there is no ${unknown.join(', no ')}; --list names them`);
  return steps
    .filter(({ lane }) => lanes.length === 0 || lanes.includes(lane))
    .filter((step) =>
      only.length > 0 ? only.some((name) => matches(step, name)) : deep || step.suite === 'core',
    );
}

/** What chosen steps need that is not chosen: it has to have run before, on this cluster. */
export function presumed(steps: readonly Step[], chosen: readonly Step[]): string[] {
  const needed = new Set(chosen.flatMap(({ needs = [] }) => needs));
  // What a step needs comes before it.
  for (const { name, needs = [] } of [...steps].reverse()) {
    if (needed.has(name)) for (const one of needs) needed.add(one);
  }
  return steps.filter((step) => needed.has(step.name) && !chosen.includes(step)).map(({ name }) => name);
}

/**
 * Runs lanes side by side, the steps of each in order. A step that failed takes those with it that need it, and no others.
 * A step that runs alone waits until nothing else runs or could: the cluster is quiet then.
 */
export async function run(
  steps: readonly Step[],
  suite: Omit<Suite, 'report'>,
  results: Results,
): Promise<void> {
  const waiting = [...steps];
  const running = new Map<Step, Promise<void>>();
  const broken = new Set<string>();
  const start = (step: Step) => {
    waiting.splice(waiting.indexOf(step), 1);
    const missing = step.needs?.filter((name) => broken.has(name)) ?? [];
    const task = results
      .of(step, async (report) => {
        if (missing.length > 0) report.fail('not run', `it needs ${missing.join(', ')}`);
        else await step.run({ ...suite, report });
      })
      .then((passed) => {
        if (!passed) broken.add(step.name);
        running.delete(step);
      });
    running.set(step, task);
  };

  while (waiting.length > 0 || running.size > 0) {
    for (let next = ready(waiting, running); next; next = ready(waiting, running)) start(next);
    await Promise.race(running.values());
  }
}

/** The next step that may start now. Steps that others need come before them, so the first one always may. */
function ready(waiting: readonly Step[], running: ReadonlyMap<Step, unknown>): Step | undefined {
  const open = [...running.keys()];
  if (open.some(({ alone }) => alone)) return undefined;
  const free = waiting.filter(
    (step, i) =>
      ![...open, ...waiting.slice(0, i)].some(({ lane }) => lane === step.lane) &&
      ![...open, ...waiting].some(({ name }) => step.needs?.includes(name) || step.after?.includes(name)),
  );
  return free.find(({ alone }) => !alone) ?? (open.length === 0 ? free[0] : undefined);
}
