import { Option } from 'commander';
import { type AddCommand, examples } from '../options';
import { CliError } from '../terminal/errors';
import type { Format } from './formats';

export const check: AddCommand = (program, world) => {
  program
    .command('check')
    .summary('Check environments, or any Kubernetes manifests')
    .description(
      'Checks manifests by the rules in docs/checks.md: every environment, as the sources describe it now, those that are named, ' +
        'or any folder or file of Kubernetes YAML or JSON. In manifests that are not of COPED, rules that need its own model are ' +
        'skipped. Writes nothing, asks no cluster.',
    )
    .argument('[targets...]', 'environments, folders or files')
    .option(
      '--against <ref>',
      'what must not change is compared with dist/ of this commit, branch or tag; by default of the last release',
    )
    .addOption(
      new Option('--format <format>', 'text; json, as docs/checks.md describes it; sarif, for code scanning')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .addHelpText(
      'after',
      examples(
        ['npx coped check', 'every environment'],
        ['npx coped check production', 'one of them'],
        ['npx coped check path/to/folder', 'any folder of YAML or JSON'],
        ['npx coped check path/to/folder --format sarif > coped.sarif', 'for code scanning'],
      ),
    )
    .action(async (targets: string[], options: { against?: string; format: Format }) => {
      const { check: run } = await import('./check');
      const findings = run(world, targets, options);
      if (findings === 0) return;
      throw new CliError(
        findings === 1 ? '1 finding' : `${findings} findings`,
        'Each names its rule: docs/checks.md says why',
      );
    });
};
