import { type AddCommand, contextOption, environmentArgument, examples } from '../options';
import { CliError } from '../terminal/errors';

const KEYS = `
Keys of --json: environment, context, namespace, deployed, fine;
components (component, kind, ready, wanted, version, sourceVersion if the
sources say another, restarts, lastRestart, since); makesBackups, lastBackup;
pendingMigrations (null: unknown); certificates (secret, expires, daysLeft);
disks (pod, usedPercent, bytes); searchIndex (rows, documents; null: unknown;
absent if the application counts nothing);
unread (kinds that could not be listed);
autoscalers (component, replicas, min, max);
problems and warnings (about, reason, next). Times are ISO 8601 in UTC.
More keys may come, none will go.

Exit code: 0 all is fine, perhaps with warnings; 1 something is not; 2 refused.`;

export const status: AddCommand = (program, world) => {
  program
    .command('status')
    .alias('ps')
    .summary('Show what runs, and what is wrong')
    .description(
      'Shows each component with its version and restarts, the last backup, pending migrations, the search index, how long the ' +
        'certificates are valid and how full the disks are. Every problem comes with its reason and the next step. Changes ' +
        'nothing.',
    )
    .addArgument(environmentArgument(world))
    .addOption(contextOption())
    .option('--json', 'for a script')
    .addHelpText(
      'after',
      `${examples(
        ['npx coped status production', 'a table'],
        ['npx coped status production --json | jq .problems', 'the problems, for a script'],
        ['npx coped status production > /dev/null || mail …', 'only the exit code'],
        ['watch npx coped status staging', 'again and again'],
      )}\n${KEYS}`,
    )
    .action(async (name: string, { context, json }: { context?: string; json?: boolean }) => {
      const { contextOf, environmentNamed } = await import('../cluster/environment');
      const { look } = await import('./look');
      const { count, table } = await import('./table');
      const { terminal } = world;
      const environment = environmentNamed(world, name);
      const found = await look(await contextOf(world, environment, context), environment, world.now());
      terminal.print(
        json ? JSON.stringify(found, undefined, 2) : table(found, world.now(), terminal.paintResult),
      );
      if (found.fine) return;
      const { length } = found.problems;
      throw new CliError(
        `${name} is not fine: ${count(length, 'problem')}`,
        'Standard output says what to do about each',
      );
    });
};
