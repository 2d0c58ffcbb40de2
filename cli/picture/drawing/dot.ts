import { oneLine } from '../../../formats/visible';
import type { Graph, Link, Party } from '../graph/graph';
import { labelOf, textsOf } from './words';

/** How many colours lines have: all that end at one component have the same. */
const HUES = 4;

/** A graph in the language of Graphviz. Classes go into the SVG, where style.ts gives them colours. */
export function dotOf({ parties, links }: Graph, isDifference: boolean): string {
  const names = new Map(parties.map(({ id }, i) => [id, `n${i}`]));
  const byId = new Map(parties.map((party) => [party.id, party]));
  const ports = portsOf(links);
  const called = [...new Set(links.map(({ to }) => to))];
  const nodes = (area?: string) =>
    parties
      .filter((party) => party.area === area)
      .map((party) => `${names.get(party.id)} ${node(party, ports.get(party.id))}`);
  const edge = (link: Link, i: number) => {
    const { from, to, change, refused } = link;
    const colour = refused ? 'refused' : isDifference ? change : `h${called.indexOf(to) % HUES}`;
    const words = [labelOf(link, byId), link.via, ports.has(to) ? undefined : link.port].filter(Boolean);
    const text = words.length > 0 ? ` label="${quoted(words.join(' '))}"` : '';
    return isUpward(link, byId)
      ? `${names.get(to)} -> ${names.get(from)} [id=e${i} class="${colour}" dir=back${text}]`
      : `${names.get(from)} -> ${names.get(to)} [id=e${i} class="${colour}"${text}]`;
  };
  return [
    'digraph {',
    // Boxes are as wide as larger letters need: a reader's font is not known here. style.ts has the real sizes.
    'graph [rankdir=TB newrank=true nodesep=0.27 ranksep=0.55 margin=0 pad=0 bgcolor=transparent fontname=Helvetica fontsize=16]',
    'node [shape=box margin="0.18,0.08" fontname=Helvetica fontsize=16] edge [arrowsize=0.8 fontname=Helvetica fontsize=14]',
    ...nodes(),
    ...areasOf(parties).flatMap((area, i) => [
      `subgraph cluster_${i} {`,
      `graph [margin=9 labeljust=l label="${quoted(area)}"]`,
      ...nodes(area),
      '}',
    ]),
    ...links.map(edge),
    '}',
  ].join('\n');
}

/** Callers are above what they call, except jobs in the tier of what they prepare: they would push the tiers apart. */
function isUpward({ from, to }: Link, parties: ReadonlyMap<string, Party>): boolean {
  const [caller, called] = [parties.get(from), parties.get(to)];
  return caller?.role === 'job' && caller.area !== undefined && caller.area === called?.area;
}

/** The tiers, in the order in which they are written. */
export const areasOf = (parties: readonly Party[]): string[] => [
  ...new Set(parties.flatMap(({ area }) => area ?? [])),
];

/** The port of each component that has only one: it is in the box, and not at the lines. */
export function portsOf(links: readonly Link[]): ReadonlyMap<string, string> {
  const ports = new Map<string, Set<string>>();
  for (const { to, port } of links) ports.set(to, (ports.get(to) ?? new Set()).add(port));
  return new Map([...ports].flatMap(([to, all]) => (all.size === 1 ? [[to, [...all][0] ?? '']] : [])));
}

const SIGNS = { same: '', added: '+ ', removed: '− ', changed: '' } as const;

function node(party: Party, port?: string): string {
  const { change, role, several } = party;
  const lines = textsOf(party, port, (text, change) => SIGNS[change] + text);
  const round = role === 'job' || role === 'outsider' ? ' style=rounded' : '';
  return `[class="${change}" label="${lines.map(quoted).join('\\n')}"${round}${several ? ' peripheries=2' : ''}]`;
}

/** Text inside quotes, where Graphviz knows backslashes and entities. */
const quoted = (text: string): string =>
  oneLine(text).replace(/[\\&"]/g, (letter) => (letter === '&' ? '&amp;' : `\\${letter}`));
