import type { Manifest } from '../../../checker/manifests/manifest';
import { ofKind } from '../../../checker/manifests/workloads';
import type { Named } from '../../../checker/reachability/matrix';
import { components } from './components';
import type { Reached } from './crowds';
import { withCrowds } from './crowds';
import { entrances, type Route } from './entrances';
import { type Fact, fact, type Graph, type Link, type Party } from './graph';
import { reached } from './reach';

const DNS = 'dns';

/**
 * What a picture of an environment shows: read from its objects alone, and from who can reach whom by its policies.
 *
 * @param known everybody outside who has a name: `neighbours`
 */
export function graphOf(environment: string, manifests: readonly Manifest[], known: readonly Named[]): Graph {
  const ours = components(manifests);
  const open = reached(manifests, known);
  const doors = entrances(manifests);
  const links = [...doors.links, ...linksOf(open, doors.routes)];
  const named = [...doors.parties, ...ours];
  const others = [...new Set(links.flatMap(({ from, to }) => [from, to]))]
    .filter((id) => !named.some((party) => party.id === id))
    .map(outsider);
  return {
    environment,
    namespace: ofKind(manifests, 'Namespace')[0]?.metadata.name ?? 'default',
    parties: [...others, ...doors.parties, ...ours.map((party) => withConnections(party, open))],
    links,
    notes: notes(ours, open, new Set(known.map(({ name }) => name))),
  };
}

/** What is open, along the routes that lead there; and the routes that lead to a door that is shut. */
function linksOf(open: readonly Reached[], routes: readonly Route[]): Link[] {
  const opens = (one: Reached, route: Route) =>
    one.from === route.from && one.to === route.to && [route.door, 'any port'].includes(one.door);
  const isDrawn = (one: Reached) =>
    one.from !== one.to && one.to !== DNS && !routes.some((route) => opens(one, route));
  return [
    ...withCrowds(open, open.filter(isDrawn)).map((one): Link => ({ ...one, refused: false, fate: 'same' })),
    ...routes.map((route): Link => {
      const way = open.find((one) => opens(one, route));
      return { ...route, door: way?.door ?? route.door, refused: !way, fate: 'same' };
    }),
  ];
}

/** Somebody of whom nothing is known but the name; pods that a policy names have a long one. */
function outsider(id: string): Party {
  const [, pods, namespace] = /^(pods with .*) in (\S+)$/.exec(id) ?? [];
  const facts = pods === undefined ? [] : [fact('pods', pods)];
  return { id, title: namespace ?? id, role: 'outsider', several: false, facts, fate: 'same' };
}

/** What a line from somebody to himself would say, and a line that is not there. */
function withConnections(party: Party, open: readonly Reached[]): Party {
  const among = open.filter(({ from, to }) => from === party.id && to === party.id);
  const silent = open.every(({ from }) => from !== party.id);
  const unheard = open.every(({ to }) => to !== party.id);
  return {
    ...party,
    facts: [
      ...party.facts,
      ...(among.length > 0
        ? [fact('among', `pods call each other: ${among.map(({ door }) => door).join(', ')}`)]
        : []),
      ...(silent && unheard ? [fact('calls', 'cut off from everybody')] : []),
      ...(silent && !unheard ? [fact('calls', 'calls nobody')] : []),
    ],
  };
}

function notes(ours: readonly Party[], open: readonly Reached[], known: ReadonlySet<string>): Fact[] {
  const names = ours.map(({ id }) => id);
  const strange = open.some(({ from, to }) => [from, to].some((id) => !names.includes(id) && !known.has(id)));
  const asking = names.filter((id) => open.some(({ from, to }) => from === id && to === DNS));
  const not = names.filter((id) => !asking.includes(id));
  const who =
    not.length === 0
      ? 'everything here may ask'
      : not.length < asking.length
        ? `everything here may ask, except ${not.join(', ')}`
        : `${asking.join(', ')} may ask`;
  return [
    ...(strange
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
