import type { Fate, Graph, Link, Party } from '../graph/graph';
import { areasOf, doorsOf } from './dot';
import { label } from './marks';

/**
 * A graph in the language that GitHub draws in comments. Plainer than the SVG: nobody knows how wide letters are there, and
 * colours have to do on any background, so only outlines and lines have one.
 */
export function mermaid({ parties, links, notes }: Graph): string {
  const ids = new Map(parties.map(({ id }, i) => [id, `n${i}`]));
  const byId = new Map(parties.map((party) => [party.id, party]));
  const doors = doorsOf(links);
  const nodes = (area?: string, indent = '  ') =>
    parties
      .filter((party) => party.area === area)
      .map((party) => indent + node(party, ids.get(party.id), doors.get(party.id)));
  const styled = links.flatMap((link, i) => {
    const style = link.refused ? STYLES.removed : STYLES[link.fate];
    return style ? [`  linkStyle ${i} ${style}`] : [];
  });
  const classes = (['added', 'removed', 'changed'] as const).flatMap((fate) => {
    const members = parties.flatMap((party) => (party.fate === fate ? (ids.get(party.id) ?? []) : []));
    return members.length > 0
      ? [`  classDef ${fate} ${STYLES[fate]}`, `  class ${members.join(',')} ${fate}`]
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
    ...links.map(
      (link) =>
        `  ${ids.get(link.from)} ${arrow(link, label(link, byId), doors.get(link.to))} ${ids.get(link.to)}`,
    ),
    ...styled,
    ...classes,
    '```',
    ...notes.map((note) => `\n${markdown(told(note.text, note.fate))}`),
    '',
  ].join('\n');
}

const STYLES: Readonly<Record<Fate, string | undefined>> = {
  same: undefined,
  added: 'stroke:#2da44e,stroke-width:3px',
  removed: 'stroke:#e5534b,stroke-width:2px,stroke-dasharray:6 4',
  changed: 'stroke:#bf8700,stroke-width:3px',
};

function node({ title, facts, fate, role, several }: Party, id = '', door?: string): string {
  const lines = [
    `<b>${escaped(told(title, fate))}</b>`,
    ...(door === undefined ? [] : [escaped(/^\d/.test(door) ? `port ${door}` : door)]),
    ...facts.map((fact) =>
      escaped(told(fact.text, fate === 'same' || fate === 'changed' ? fact.fate : 'same')),
    ),
  ];
  const [open, close] =
    role === 'job' || role === 'outsider' ? ['(["', '"])'] : several ? ['[["', '"]]'] : ['["', '"]'];
  return `${id}${open}${lines.join('<br/>')}${close}`;
}

/** A word and not a sign: a line that begins with a plus or a dash would be a list there. */
const told = (text: string, fate: Fate): string => (fate === 'same' ? text : `${fate}: ${text}`);

function arrow({ door, via, fate, refused }: Link, mark?: string, only?: string): string {
  const what = [mark, via, only === undefined ? door : undefined].flatMap((part) => part ?? []).map(escaped);
  const line = fate === 'removed' || refused ? '-.->' : fate === 'added' ? '==>' : '-->';
  return what.length > 0 ? `${line}|"${what.join(' ')}"|` : line;
}

/** Whatever means something to Mermaid, to Markdown or to HTML becomes a number, as Mermaid writes it. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ,:/→–-]|-(?=\s)|https?(?=:)/gu, (found) =>
    [...found].map((letter) => `#${letter.codePointAt(0)};`).join(''),
  );

const markdown = (text: string): string => text.replace(/[\\`*_<&~[\]|]/g, '\\$&');
