import { manage } from '../../lib/applications/django';
import { started } from '../../lib/components/django/scripts/scripts';
import { type ApiObject, templateOf } from '../cluster/api-object';
import type { Site } from '../cluster/site';
import { withDjangoPod } from '../manage/django-pod';
import { CliError } from '../terminal/errors';

/** A migration that the database lacks. */
export interface Planned {
  /** `sessions.0001_initial` */
  readonly name: string;
  /** What it does, in Django's words. */
  readonly operations: readonly string[];
}

/** Seconds after which the pod ends by itself. */
const DEADLINE = 600;

/**
 * What a migration would do, according to a pod like its own; changes nothing.
 * @throws CliError if Django fails: the migration would, too
 */
export async function plan(site: Site, cronJob: ApiObject): Promise<Planned[]> {
  const { world, kubectl, environment } = site;
  const template = templateOf(cronJob);
  const pod = { name: 'migration-plan', template, labels: template.metadata?.labels, deadline: DEADLINE };
  const result = await world.terminal.step('looking for pending migrations', () =>
    withDjangoPod(site, pod, (name) =>
      kubectl.attempt(['exec', name, '--', ...started(manage('migrate', '--plan'), environment.application)]),
    ),
  );
  const planned = result.code === 0 ? plannedIn(result.stdout) : undefined;
  if (planned) return planned;
  throw new CliError(
    `Django cannot plan the migration: ${lastLine(result.stderr || result.stdout)}`,
    `The migration would fail, too, so none was started. See \`npx coped status ${environment.name}\``,
  );
}

const HEADING = 'Planned operations:';
const NONE = 'No planned migration operations.';

/** What `python manage.py migrate --plan` has printed; undefined if it is something else. */
export function plannedIn(output: string): Planned[] | undefined {
  const lines = output.split('\n').map((line) => line.trimEnd());
  if (lines.some((line) => line.trim() === NONE)) return [];
  const start = lines.indexOf(HEADING);
  if (start < 0) return undefined;
  const planned: { name: string; operations: string[] }[] = [];
  for (const line of lines.slice(start + 1).filter(Boolean)) {
    if (line.startsWith(' ')) planned.at(-1)?.operations.push(line.trim());
    else planned.push({ name: line, operations: [] });
  }
  return planned;
}

/** The message of a Python traceback is its last line; kubectl adds its own. */
const lastLine = (text: string): string =>
  text
    .trim()
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('command terminated'))
    .at(-1)
    ?.trim() ?? 'it gave no reason';

/** A plan in words. */
export function asText(planned: readonly Planned[]): string {
  if (planned.length === 0) return 'Nothing to do: the database has every migration of this release.';
  const count = planned.length === 1 ? '1 migration is' : `${planned.length} migrations are`;
  const list = planned.map(({ name, operations }) =>
    [`  ${name}`, ...operations.map((operation) => `      ${operation}`)].join('\n'),
  );
  return `${count} pending:\n${list.join('\n')}`;
}
