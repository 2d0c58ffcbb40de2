import type { Manifest } from '../../checker/manifests/manifest';
import { table } from '../../cli/terminal/markdown-table';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import { differences } from '../../rules/allowed-differences';
import { type Differing, differing, matcher } from '../../rules/differences';
import { parseEnvironments } from '../../rules/environments';
import { synthesize } from '../../rules/synthesize';

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

## What reaches the internet

${calls(parseEnvironments(environments))}`;
}

/** What applications add to the table of who may talk to whom. */
export function calls(environments: readonly Environment[]): string {
  const rows = environments.flatMap(({ name, application: { calls = [] } }) =>
    calls.map(({ from, port, why }) => [name, from.join(', '), String(port), why]),
  );
  if (rows.length === 0) return 'Nothing: no environment has an application with `calls`.\n';
  return `What their applications declare as \`calls\`, and nothing else. Private networks are left out of it.

${table(['Environment', 'From', 'Port', 'Why'], rows)}`;
}

/** Differences between an environment and its model that are declared with one reason. */
interface Explained {
  readonly why: string;
  readonly places: readonly { readonly place: string; readonly own: string; readonly model: string }[];
}

/** Every declared difference, with the values that it has. */
function explained(manifests: readonly Manifest[], model: readonly Manifest[]): Explained[] {
  const found = differing(manifests, model);
  return differences.map(({ places, why }) => ({
    why,
    places: places.map((place) => {
      const here = found.filter((difference) => matcher(place)(difference.place));
      return { place, own: values(here, 'after'), model: values(here, 'before') };
    }),
  }));
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
