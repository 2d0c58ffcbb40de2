import { grouped } from '../../../checker/manifests/grouped';
import { neighbours, portOf, type Reached, reached } from '../../picture/graph/reach';
import { html, Markup, table } from '../html';
import type { Pictures, Seen } from '../seen';

/** Allowed connections, once for all environments in which they are the same. */
export function flows(seen: readonly Seen[], pictures: Pictures): Markup {
  const all = seen.map((one) => ({ name: one.name, rows: rowsOf(one) }));
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const different = all.filter((one, i) => i === all.findIndex((other) => same(other.rows, one.rows)));
  return html`<p>Computed from the NetworkPolicies: what is not here is refused, in both directions. Ports are those of the containers.</p>
${different.map(({ rows }) => {
  const names = all.filter((other) => same(other.rows, rows)).map(({ name }) => name);
  // The last is the largest.
  const picture = pictures.get(names.at(-1) ?? '');
  return html`<h3>${names.join(', ')}</h3>
${
  picture &&
  html`<svg class="picture" viewBox="0 0 ${picture.width} ${picture.height}" width="${picture.width}" aria-hidden="true">
${new Markup(picture.shapes)}
</svg>
`
}${table(['From', 'To', 'Ports', 'Why'], rows)}`;
})}`;
}

/** From, to, ports, and the reasons that the flow table gives. */
function rowsOf({ subject: { manifests, outsiders, flows = [] } }: Seen): [string, string, string, string][] {
  const reasons = ({ from, to, port }: Reached) =>
    flows.flatMap(({ protocols = ['TCP'], why, ...flow }) =>
      flow.to === to &&
      flow.from.some((one) => one === from) &&
      protocols.some((protocol) => portOf({ port: flow.port, protocol }) === port)
        ? why
        : [],
    );
  const pairs = reached(manifests, neighbours(outsiders, manifests)).map(
    (one) => [`${one.from} ${one.to}`, one] as const,
  );
  return [...grouped(pairs).values()].map((all) => [
    all[0]?.from ?? '',
    all[0]?.to ?? '',
    all.map(({ port }) => port).join(', '),
    [...new Set(all.flatMap(reasons))].join('; '),
  ]);
}
