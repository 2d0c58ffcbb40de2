import type { Command } from '../../lib/application';
import { shell } from '../../lib/components/django/scripts/scripts';
import type { Environment } from '../../lib/environments/environment';
import type { Site } from '../cluster/site';
import { columns } from '../terminal/columns';

/** What an application counts. */
export interface Counted {
  /** What should be found. */
  readonly rows: number;
  /** What can be found; null: there is no index. */
  readonly documents: number | null;
}

/** The last line of what an application's `counted` prints; undefined if it is something else. */
export function countedIn(text: string): Counted | undefined {
  try {
    const { rows, documents }: Counted = JSON.parse(text.trim().split('\n').at(-1) ?? '');
    return Number.isInteger(rows) ? { rows, documents: documents ?? null } : undefined;
  } catch {
    return undefined;
  }
}

/** The commands that an application has for set times, and when they run. */
export function commandsOf({ name, application, commands = {} }: Environment): string {
  const all = Object.entries(application.commands ?? {});
  return all.length > 0
    ? columns(
        all.map(([own, command]) => [own, commands[own]?.schedule ?? 'not at set times', shell(command)]),
      )
    : `The application has no commands of its own. For one of Django's: npx coped manage ${name} -- <command>`;
}

/** What a person types to run a command of the application. */
export function typed(
  { kubectl, environment }: Pick<Site, 'kubectl' | 'environment'>,
  command: Command,
): string {
  const text = shell(command);
  const [, words] = /^python manage\.py (.*)/.exec(text) ?? [];
  return words
    ? `npx coped manage ${environment.name} -- ${words}`
    : kubectl.typed('exec', 'deployment/web', '--', text);
}
