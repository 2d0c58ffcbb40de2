import { table } from '../../cli/terminal/markdown-table';
import { environments } from '../../lib/environments';
import { synthesize } from '../../rules/synthesize';
import { explained } from './explained';

/** docs/environments.md: what the environments are, and where staging is not production. */
export function environmentsPage(): string {
  const [staging, production] = ['staging', 'production'].map((name) =>
    synthesize(environments)
      .filter((folder) => folder.name === name)
      .flatMap(({ files }) => files.flatMap(({ manifests }) => [...manifests])),
  );
  return `# The environments

**development** is for one person's laptop: it is reached as localhost, shows its fake secrets, reads code while you edit it, and
throws its data away. **staging** and **production** are for people: they keep their data, contain no secret, have certificates
and backups, and are migrated by hand. Their values are in \`lib/environments/\`.

## What differs between staging and production, and why

Everything that is not in this table is the same, down to the last field; \`npm run synth\` refuses anything else. The name
of the environment and the host of the site differ, of course. \`*\` stands for any characters.

${table(
  ['Where', 'staging', 'production', 'Why'],
  explained(staging ?? [], production ?? []).flatMap(({ places, why }) =>
    places.map(({ place, own, model }) => [`\`${place}\``, own, model, why]),
  ),
)}
## What a new difference takes

A line in \`rules/allowed-differences.ts\` with the places and one sentence for the reviewer: why it may differ, and what is no longer
tried on staging because of it. A line that nothing needs any more is refused as well.
`;
}
