import type { Application, Command } from '../../../application';
import { file } from '../../../kubernetes/config-files';

export type Script = 'flush-and-migrate' | 'migrate' | 'wait-for-schema';

/** Scripts that also make the search index, where there is one. */
const INDEXES: readonly Script[] = ['flush-and-migrate', 'migrate'];

/** What the shell is called that gives secrets as variables. */
export const AS_VARIABLES = 'as-variables';

/** How a program is started, so that it finds its secrets. */
export const started = (command: readonly string[], { secrets }: Application): string[] =>
  secrets === 'files'
    ? [...command]
    : ['sh', '-euc', file(__dirname, 'as-variables.sh'), AS_VARIABLES, ...command];

/** Host and port, as a shell reads them. */
export interface Servers {
  readonly postgres: string;
  readonly elasticsearch?: string;
}

/** A script that prepares or waits for the tables. */
export function script(name: Script, application: Application, servers: Servers): string[] {
  const indexes =
    servers.elasticsearch !== undefined && application.index !== undefined && INDEXES.includes(name);
  const files = ['wait-for', name, ...(indexes ? [`${name}-index`] : [])];
  const text = files.map((part) => file(__dirname, `${part}.sh`)).join('');
  return ['sh', '-euc', withCommands(text, application, servers)];
}

/** Puts the application's own commands into a script, in the places that are named after them: `<MIGRATE>`. */
export function withCommands(text: string, application: Application, servers: Servers): string {
  const { settings, migrate, migrated, index, sample = [] } = application;
  const commands: Readonly<Record<string, string>> = {
    POSTGRES: servers.postgres,
    ELASTICSEARCH: servers.elasticsearch ?? '',
    SETTINGS: settings,
    MIGRATE: migrate.map(shell).join('\n'),
    MIGRATED: shell(migrated),
    INDEX: index ? shell(index) : ':',
    SAMPLE: sample.map(shell).join('\n'),
  };
  return text.replace(/<([A-Z]+)>/g, (whole, word) => commands[word] ?? whole);
}

/** A command as a shell reads it. */
export const shell = (command: Command): string =>
  command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');
