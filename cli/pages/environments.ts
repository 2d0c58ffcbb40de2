import { type Differing, differing, matcher } from '../../lib/checks/differences';
import { environments } from '../../lib/environments';
import { differences } from '../../lib/environments/differences';
import { synthesize } from '../../lib/synthesize';
import { GENERATED, table } from './markdown';

/** docs/environments.md: what the environments are, and where staging is not production. */
export function environmentsPage(): string {
  const [staging, production] = ['staging', 'production'].map((name) =>
    synthesize(environments)
      .filter((folder) => folder.name === name)
      .flatMap(({ files }) => files.flatMap(({ manifests }) => [...manifests])),
  );
  const found = differing(staging ?? [], production ?? []);
  return `${GENERATED}
# The environments

**development** is for one person's laptop: it is reached as localhost, shows its fake secrets, reads code while you edit it, and
throws its data away. **staging** and **production** are for people: they keep their data, know no secret, have certificates
and backups, and are migrated by hand. What each says stands in \`lib/environments/\`.

## What differs between staging and production, and why

Everything that is not in this table is the same, down to the last field; \`npm run synth\` refuses anything else. The name
of the environment and the host of the site differ, of course. \`*\` stands for any characters.

${table(
  ['Where', 'staging', 'production', 'Why'],
  differences.flatMap(({ places, why }) =>
    places.map((place) => {
      const here = found.filter((difference) => matcher(place)(difference.place));
      return [`\`${place}\``, values(here, 'after'), values(here, 'before'), why];
    }),
  ),
)}
## What a new difference takes

A line in \`lib/environments/differences.ts\` with the places and one sentence for the reviewer: why it may differ, and what is no longer
tried on staging because of it. A line that nothing needs any more is refused as well.
`;
}

/** The values of one side; with their fields, where a pattern means several. */
function values(found: readonly Differing[], side: 'before' | 'after'): string {
  const several = new Set(found.map((difference) => difference[side])).size > 1;
  return [
    ...new Set(
      found.map((difference) =>
        several ? `${field(difference.path)}${difference[side]}` : String(difference[side]),
      ),
    ),
  ].join(', ');
}

/** `spec.hard[limits.memory]` and `….resources.limits.memory` → limits.memory; an item of a list has only its number. */
function field(path: string): string {
  const [, key] = /\[([^\]]+)\]$/.exec(path) ?? [];
  if (key === undefined) return `${path.split('.').slice(-2).join('.')} `;
  return /^\d+$/.test(key) ? '' : `${key} `;
}
