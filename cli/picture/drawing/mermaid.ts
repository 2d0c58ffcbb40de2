import { oneLine, visible } from '../../../formats/visible';
import type { Change, Graph, Link, Party } from '../graph/graph';
import { areasOf, portsOf } from './dot';
import { labelOf, textsOf, worded } from './words';

/**
 * A graph in the language that GitHub draws in comments. Plainer than the SVG: the width of letters is not known there, and
 * colours must be visible on any background, so only outlines and lines have one.
 */
export function mermaid({ parties, links, notes }: Graph): string {
  const ids = new Map(parties.map(({ id }, i) => [id, `n${i}`]));
  const byId = new Map(parties.map((party) => [party.id, party]));
  const ports = portsOf(links);
  const nodes = (area?: string, indent = '  ') =>
    parties
      .filter((party) => party.area === area)
      .map((party) => indent + ids.get(party.id) + node(party, ports.get(party.id)));
  const classes = (['added', 'removed', 'changed'] as const).flatMap((change) => {
    const members = parties.flatMap((party) => (party.change === change ? (ids.get(party.id) ?? []) : []));
    return members.length > 0
      ? [`  classDef ${change} ${STYLES[change]}`, `  class ${members.join(',')} ${change}`]
      : [];
  });
  return [
    '```mermaid',
    'flowchart TB',
    ...nodes(),
    ...areasOf(parties).flatMap((area, i) => [
      `  subgraph area${i}["${escaped(area)}"]`,
      ...nodes(area, '    '),
      '  end',
    ]),
    ...links.map((link) => {
      const words = [labelOf(link, byId), link.via, ports.has(link.to) ? undefined : link.port];
      return `  ${ids.get(link.from)} ${arrow(
        link,
        words.filter((word) => word !== undefined),
      )} ${ids.get(link.to)}`;
    }),
    ...links.flatMap(({ refused, change }, i) => {
      const style = STYLES[refused ? 'removed' : change];
      return style ? [`  linkStyle ${i} ${style}`] : [];
    }),
    ...classes,
    '```',
    ...notes.map(({ text, change }) => `\n${markdown(worded(text, change))}`),
    '',
  ].join('\n');
}

const STYLES: Readonly<Record<Change, string | undefined>> = {
  same: undefined,
  added: 'stroke:#2da44e,stroke-width:3px',
  removed: 'stroke:#e5534b,stroke-width:2px,stroke-dasharray:6 4',
  changed: 'stroke:#bf8700,stroke-width:3px',
};

function node(party: Party, port?: string): string {
  const { role, several } = party;
  const [title, ...more] = textsOf(party, port, worded).map(escaped);
  const [open, close] =
    role === 'job' || role === 'outsider' ? ['(["', '"])'] : several ? ['[["', '"]]'] : ['["', '"]'];
  return `${open}${[`<b>${title}</b>`, ...more].join('<br/>')}${close}`;
}

function arrow({ change, refused }: Link, words: readonly string[]): string {
  const line = change === 'removed' || refused ? '-.->' : change === 'added' ? '==>' : '-->';
  return words.length > 0 ? `${line}|"${words.map(escaped).join(' ')}"|` : line;
}

/** What has a meaning in Mermaid, Markdown or HTML becomes a number, as Mermaid writes it. */
const escaped = (text: string): string =>
  visible(text).replace(/[^\p{L}\p{N} ,:/→–-]|-(?=\s)|https?(?=:)/gu, (found) =>
    [...found].map((letter) => `#${letter.codePointAt(0)};`).join(''),
  );

const markdown = (text: string): string => oneLine(text).replace(/[\\`*_<&~[\]|]/g, '\\$&');
