import type { Graph, Link } from '../graph/graph';
import { word } from './marks';

/** One connection in words. */
export function sentence(link: Link): string {
  const { from, to, door, via } = link;
  const was = word(link);
  return `${was ? `${was}: ` : ''}${from} to ${to} at ${door}${via ? `, for ${via}` : ''}`;
}

/** All of a picture in words, for whoever does not see it. */
export const descriptionOf = ({ parties, links, notes }: Graph): string =>
  [
    ...parties.map(({ title, area, facts, fate }) => {
      const what = facts.map(({ text, fate }) => (fate === 'same' ? text : `${fate}: ${text}`)).join('; ');
      return `${fate === 'same' ? '' : `${fate}: `}${title}${area ? ` (${area})` : ''}${what && `: ${what}`}.`;
    }),
    ...links.map((link) => `${sentence(link)}.`),
    ...notes.map(({ text }) => text),
  ].join(' ');
