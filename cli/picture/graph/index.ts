import type { Manifest } from '../../../checker/manifests/manifest';
import { ofKind } from '../../../checker/manifests/workloads';
import type { Named } from '../../../checker/reachability/matrix';
import { components } from './components';
import { entrances, type Route } from './entrances';
import { type Fact, fact, type Graph, type Link, type Party } from './graph';
import { type Reached, reached, withGroups } from './reach';

const DNS = 'dns';

/**
 * What a picture of an environment shows: read from its objects alone, and from the connections that its policies allow.
 *
 * @param known all peers outside that have a name: `neighbours`
 */
export function graphOf(environment: string, manifests: readonly Manifest[], known: readonly Named[]): Graph {
  const ours = components(manifests);
  const open = reached(manifests, known);
  const entry = entrances(manifests);
  const links = [...entry.links, ...linksOf(open, entry.routes)];
  const named = [...entry.parties, ...ours];
  const others = [...new Set(links.flatMap(({ from, to }) => [from, to]))]
    .filter((id) => !named.some((party) => party.id === id))
    .map(outsider);
  return {
    environment,
    namespace: ofKind(manifests, 'Namespace')[0]?.metadata.name ?? 'default',
    parties: [...others, ...entry.parties, ...ours.map((party) => withConnections(party, open))],
    links,
    notes: notes(ours, open, new Set(known.map(({ name }) => name))),
  };
}

/** What is open, along the routes that lead there; and the routes that the policies refuse. */
function linksOf(open: readonly Reached[], routes: readonly Route[]): Link[] {
  const opens = (one: Reached, route: Route) =>
    one.from === route.from && one.to === route.to && [route.port, 'any port'].includes(one.port);
  const isDrawn = (one: Reached) =>
    one.from !== one.to && one.to !== DNS && !routes.some((route) => opens(one, route));
  return [
    ...withGroups(open, open.filter(isDrawn)).map(
      (one): Link => ({ ...one, refused: false, change: 'same' }),
    ),
    ...routes.map((route): Link => {
      const connection = open.find((one) => opens(one, route));
      return { ...route, port: connection?.port ?? route.port, refused: !connection, change: 'same' };
    }),
  ];
}

/** A peer of which only the name is known; pods that a policy selects have a long one. */
function outsider(id: string): Party {
  const [, pods, namespace] = /^(pods with .*) in (\S+)$/.exec(id) ?? [];
  const facts = pods === undefined ? [] : [fact('pods', pods)];
  return { id, title: namespace ?? id, role: 'outsider', several: false, facts, change: 'same' };
}

/** What would be a line from a component to itself, and connections that are missing. */
function withConnections(party: Party, open: readonly Reached[]): Party {
  const among = open.filter(({ from, to }) => from === party.id && to === party.id);
  const opensNone = open.every(({ from }) => from !== party.id);
  const acceptsNone = open.every(({ to }) => to !== party.id);
  return {
    ...party,
    facts: [
      ...party.facts,
      ...(among.length > 0
        ? [fact('among', `pods call each other: ${among.map(({ port }) => port).join(', ')}`)]
        : []),
      ...(opensNone && acceptsNone ? [fact('calls', 'no connections')] : []),
      ...(opensNone && !acceptsNone ? [fact('calls', 'opens no connections')] : []),
    ],
  };
}

function notes(ours: readonly Party[], open: readonly Reached[], known: ReadonlySet<string>): Fact[] {
  const names = ours.map(({ id }) => id);
  const isOpen = open.some(({ from, to }) => [from, to].some((id) => !names.includes(id) && !known.has(id)));
  const asking = names.filter((id) => open.some(({ from, to }) => from === id && to === DNS));
  const others = names.filter((id) => !asking.includes(id));
  const who =
    others.length === 0
      ? 'everything here may ask'
      : others.length < asking.length
        ? `everything here may ask, except ${others.join(', ')}`
        : `${asking.join(', ')} may ask`;
  return [
    ...(isOpen
      ? []
      : [
          fact(
            'untrusted peers',
            'Every other connection is refused, from and to the internet and the rest of the cluster too.',
          ),
        ]),
    ...(asking.length > 0 ? [fact('dns', `Not drawn: the cluster's name service (DNS), which ${who}.`)] : []),
  ];
}
