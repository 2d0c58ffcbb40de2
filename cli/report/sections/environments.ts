import { grouped } from '../../../checker/manifests/grouped';
import { containers, ofKind, workloads } from '../../../checker/manifests/workloads';
import { componentOf } from '../../../checker/reachability/matrix';
import type { Party } from '../../picture/graph/graph';
import { html, type Markup, table } from '../html';
import type { Seen } from '../seen';

/** What each environment runs, in a column each. */
export function environments(seen: readonly Seen[]): Markup {
  const columns = seen.map(({ graph, subject }) => ({
    parties: graph.parties.filter(({ role, facts }) => role !== 'outsider' || facts.length > 0),
    images: grouped(workloads(subject.manifests).map((workload) => [componentOf(workload), workload])),
  }));
  // In the order of the largest environment: those that only another one has follow.
  const rows = new Map(
    [...columns]
      .sort((a, b) => b.parties.length - a.parties.length)
      .flatMap(({ parties }) => parties.map(({ id, title }) => [id, title] as const)),
  );
  return table(
    ['', ...seen.map(({ name }) => name)],
    [
      ['objects', ...seen.map(objects)],
      ...[...rows].map(([id, title]) => [
        title,
        ...columns.map(({ parties, images }) =>
          cell(
            parties.find((party) => party.id === id),
            (images.get(id) ?? []).flatMap((workload) =>
              containers(workload)
                .filter(({ init }) => !init)
                .map(({ spec }) => String(spec.image)),
            ),
          ),
        ),
      ]),
    ],
  );
}

function objects({ kind, subject }: Seen): Markup {
  const { manifests, externalSecrets = {} } = subject;
  const own = ofKind(manifests, 'Secret').length;
  const expected = Object.keys(externalSecrets).length;
  const secrets = own > 0 ? `${own} Secrets, all fake` : `no Secret; ${expected} are expected in the cluster`;
  return html`<span class="fact">${manifests.length} in namespace ${ofKind(manifests, 'Namespace')[0]?.metadata.name}</span>
<span class="fact">${kind === 'local' ? 'for a laptop' : 'for a real cluster'}</span>
<span class="fact">${secrets}</span>`;
}

function cell(party: Party | undefined, images: readonly string[]): Markup {
  if (!party) return html`<span class="none">not here</span>`;
  return html`${party.facts.map(
    ({ text }) => html`<span class="fact">${text}</span>
`,
  )}${[...new Set(images)].map((image) => html`<code class="image">${breakable(image)}</code>`)}`;
}

/** Long names may be broken after a slash, a colon or a dash; of a digest the start is enough to compare. */
const breakable = (name: string): Markup =>
  html`${name
    .replace(/(@sha256:\w{12})\w+$/, '$1…')
    .split(/(?<=[/:@-])/)
    .map((part, i) => (i === 0 ? part : html`<wbr>${part}`))}`;
