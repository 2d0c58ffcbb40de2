import type { Graph, Link, Party } from '../graph/graph';
import { label } from './marks';

/** How many colours lines have: all that end at one component have the same. */
export const HUES = 4;

/** A graph in the language of Graphviz. Classes go into the SVG, where style.ts gives them colours. */
export function dotOf({ parties, links }: Graph, isDifference: boolean): string {
  const names = new Map(parties.map(({ id }, i) => [id, `n${i}`]));
  const byId = new Map(parties.map((party) => [party.id, party]));
  const doors = doorsOf(links);
  const called = [...new Set(links.map(({ to }) => to))];
  const nodes = (area?: string) =>
    parties
      .filter((party) => party.area === area)
      .map((party) => `${names.get(party.id)} ${node(party, doors.get(party.id))}`);
  const edge = (link: Link, i: number) => {
    const { from, to, fate, refused } = link;
    const colour = refused ? 'refused' : isDifference ? fate : `h${called.indexOf(to) % HUES}`;
    const words = [label(link, byId), link.via, doors.has(to) ? undefined : link.door].filter(Boolean);
    const text = words.length > 0 ? ` label="${quoted(words.join(' '))}"` : '';
    return isUpward(link, byId)
      ? `${names.get(to)} -> ${names.get(from)} [id=e${i} class="${colour}" dir=back${text}]`
      : `${names.get(from)} -> ${names.get(to)} [id=e${i} class="${colour}"${text}]`;
  };
  return [
    'digraph {',
    // Boxes are as wide as larger letters need: which font a reader has is not known here. style.ts has the real sizes.
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

/** Callers are above whom they call, except jobs in the tier of what they prepare: they would push the tiers apart. */
function isUpward({ from, to }: Link, parties: ReadonlyMap<string, Party>): boolean {
  const [caller, called] = [parties.get(from), parties.get(to)];
  return caller?.role === 'job' && caller.area !== undefined && caller.area === called?.area;
}

/** The tiers, in the order in which they are written. */
export const areasOf = (parties: readonly Party[]): string[] => [
  ...new Set(parties.flatMap(({ area }) => area ?? [])),
];

/** The one port of each component that has but one: it is said in its box, and at no line. */
export function doorsOf(links: readonly Link[]): ReadonlyMap<string, string> {
  const doors = new Map<string, Set<string>>();
  for (const { to, door } of links) doors.set(to, (doors.get(to) ?? new Set()).add(door));
  return new Map([...doors].flatMap(([to, all]) => (all.size === 1 ? [[to, [...all][0] ?? '']] : [])));
}

const SIGNS = { same: '', added: '+ ', removed: '− ', changed: '' } as const;

function node({ title, facts, fate, role, several }: Party, door?: string): string {
  const lines = [
    SIGNS[fate] + title,
    ...(door === undefined ? [] : [/^\d/.test(door) ? `port ${door}` : door]),
    ...facts.map((fact) => (fate === 'same' || fate === 'changed' ? SIGNS[fact.fate] : '') + fact.text),
  ];
  const round = role === 'job' || role === 'outsider' ? ' style=rounded' : '';
  return `[class="${fate}" label="${lines.map(quoted).join('\\n')}"${round}${several ? ' peripheries=2' : ''}]`;
}

/** Text inside quotes, where Graphviz knows backslashes and entities. */
const quoted = (text: string): string =>
  text.replace(/[\\&"]/g, (letter) => (letter === '&' ? '&amp;' : `\\${letter}`));
