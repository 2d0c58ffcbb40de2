import type { Application, Command } from '../../application';
import { file } from '../../kubernetes/config-files';

/** A command as a shell reads it. */
export const shell = (command: Command): string =>
  command
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
    .join(' ');

const lines = (commands: readonly Command[]): string => commands.map(shell).join('\n');

export type Script = 'flush-and-migrate' | 'migrate' | 'wait-for-schema';

/** A script that prepares or waits for the tables. */
export const script = (name: Script, application: Application): string[] => [
  'sh',
  '-euc',
  withCommands(file(__dirname, 'wait-for.sh') + file(__dirname, `${name}.sh`), application),
];

/** Puts the application's own commands into a script, in the places that are named after them: `<MIGRATE>`. */
export function withCommands(text: string, application: Application): string {
  const { settings, migrate, migrated, index, sample } = application;
  const commands: Readonly<Record<string, string>> = {
    SETTINGS: settings,
    MIGRATE: lines(migrate),
    MIGRATED: shell(migrated),
    INDEX: shell(index),
    SAMPLE: lines(sample),
  };
  return text.replace(/<([A-Z]+)>/g, (whole, word) => commands[word] ?? whole);
}
