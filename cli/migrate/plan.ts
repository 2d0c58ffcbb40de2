import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { withDjangoPod } from '../manage/django-pod';
import { CliError } from '../terminal/errors';
import type { World } from '../world';
import { type Planned, plannedIn } from './pending';

/** Seconds after which the pod ends by itself. */
const DEADLINE = 600;

/**
 * What a migration would do, asked of a pod like its own; changes nothing.
 * @throws CliError if Django cannot say it: the migration could not either
 */
export async function plan(
  world: World,
  kubectl: Kubectl,
  environment: string,
  cronJob: ApiObject,
): Promise<Planned[]> {
  const { template } = cronJob.spec.jobTemplate.spec;
  const pod = { name: 'migration-plan', template, labels: template.metadata.labels, deadline: DEADLINE };
  const result = await world.terminal.step('looking at what the tables lack', () =>
    withDjangoPod(world, kubectl, pod, (name) =>
      kubectl.attempt(['exec', name, '--', 'python', 'manage.py', 'migrate', '--plan']),
    ),
  );
  const planned = result.code === 0 ? plannedIn(result.stdout) : undefined;
  if (planned) return planned;
  throw new CliError(
    `Django cannot say what the tables lack: ${lastLine(result.stderr || result.stdout)}`,
    `A migration would fail as well, so none was started. See \`npx coped status ${environment}\``,
  );
}

/** Of a Python traceback the last line is the message; kubectl adds its own. */
const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('command terminated'))
    .at(-1)
    ?.trim() ?? 'it gave no reason';

/** A plan in words. */
export function told(planned: readonly Planned[]): string {
  if (planned.length === 0) return 'Nothing to do: the tables have everything that this release knows.';
  const count = planned.length === 1 ? '1 migration is' : `${planned.length} migrations are`;
  const list = planned.map(({ name, operations }) =>
    [`  ${name}`, ...operations.map((operation) => `      ${operation}`)].join('\n'),
  );
  return `${count} pending:\n${list.join('\n')}`;
}
