import type { Fate, Link, Party } from '../graph/graph';

const SIGNS: Readonly<Record<Fate, string>> = { same: '', added: '+ ', removed: '− ', changed: '' };

/** What has become of something, in signs, for whoever sees no colours. */
export const marked = (text: string, fate: Fate): string => SIGNS[fate] + text;

/** What has become of a connection, in a word. */
export function word({ fate, refused, routeOnly }: Link): string | undefined {
  if (fate === 'added') return routeOnly ? 'new route' : refused ? 'new, refused' : 'opened';
  if (fate === 'removed') return routeOnly ? 'route gone' : refused ? 'gone' : 'closed';
  return refused ? 'refused' : undefined;
}

/**
 * The same where a line does not tell it by itself: whoever comes or goes takes all lines along.
 * @param parties by their names
 */
export const label = (link: Link, parties: ReadonlyMap<string, Party>): string | undefined =>
  [link.from, link.to].some((id) => parties.get(id)?.fate === link.fate && link.fate !== 'same')
    ? undefined
    : word(link);
