import { Option } from 'commander';
import type { ImageName } from '../../lib/components/images';
import { type AddCommand, environmentArgument, examples, whenRead } from '../options';
import { RefusedError } from '../terminal/errors';

type Options = Partial<Record<ImageName, string>> & { readonly from?: string; readonly json?: boolean };

export const images: AddCommand = (program, world) => {
  const command = program
    .command('images')
    .summary('Change the images of an environment')
    .description(
      'Changes the images of an environment: its file in lib/environments/images, and dist/. Everything is checked first; where ' +
        'anything is wrong, all of it is reported and nothing is written. Asks no registry and no cluster.',
    )
    .addArgument(environmentArgument(world))
    .addHelpText(
      'after',
      examples(
        [
          'npx coped images staging --django ghcr.io/us/coped/django:1.1.0@sha256:…',
          'tries a release on staging',
        ],
        ['npx coped images production --from staging', 'what staging has tried goes to production'],
        ['npx coped images staging --from production', 'ends the trial'],
      ),
    )
    .action(async (environment: string, { from, json, ...wanted }: Options) => {
      const { imageNames } = await import('../../lib/components/images');
      if (imageNames.some((name) => wanted[name] !== undefined) === (from !== undefined)) {
        throw new RefusedError(
          `name the images (--${imageNames.join(', --')}) or an environment (--from), one of both`,
          'See npx coped images --help',
        );
      }
      const { asText, change } = await import('./change');
      const request = { environment, wanted, ...(from !== undefined && { from }) };
      const changed = change(world.environments, request, world.root);
      world.terminal.print(json ? JSON.stringify({ changed }, undefined, 2) : asText(changed));
    });
  // There is one for each image, and the images are told by the components.
  whenRead(command, 'options', () => {
    const { imageNames } =
      require('../../lib/components/images') as typeof import('../../lib/components/images');
    for (const name of imageNames) {
      command.option(`--${name} <image>`, 'registry/name:tag@sha256:digest, or a tag of one version');
    }
    const names = world.environments.map(({ name }) => name);
    command
      .addOption(new Option('--from <environment>', 'take its images').choices(names))
      .option('--json', 'for a script');
  });
};
