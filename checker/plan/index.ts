import type { Subject } from '../subject';
import { network } from './access/network';
import { privileges } from './access/privileges';
import { routes } from './access/routes';
import { difference } from './difference';
import { data } from './objects/data';
import { changed, created, orphaned, removed } from './objects/listed';
import { findings, refused } from './objects/refused';
import { capacity } from './pods/capacity';
import { images } from './pods/images';
import { restarts } from './pods/restarts';
import { runs } from './pods/runs';
import type { Entry, Release, Section } from './section';
import { count } from './wording';

/** What a release would do to a cluster, in words. */
export interface Plan {
  readonly environment: string;
  /** The whole in one sentence. */
  readonly summary: string;
  /** Only sections that have something to say. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly section: Section;
  readonly entries: readonly Entry[];
}

/** Every section, in the order in which it is read: the dangerous first. */
export const sections: readonly Section[] = [
  data,
  refused,
  findings,
  privileges,
  network,
  restarts,
  runs,
  routes,
  images,
  capacity,
  removed,
  orphaned,
  created,
  changed,
];

/** What the summary says after that: what runs, then whether to worry. */
const summarized: readonly Section[] = [restarts, runs, refused, data, network, privileges, findings];

/** What happens to objects, as the summary says it. */
const OBJECTS: readonly (readonly [Section, string])[] = [
  [created, 'created'],
  [changed, 'changed'],
  [removed, 'deleted'],
  [orphaned, 'left behind'],
];

/** What is known of a release besides its objects. */
export type Known = Pick<Release, 'conventions' | 'history' | 'problems'> & Partial<Pick<Release, 'pruned'>>;

/** What `kubectl apply` of the objects of an environment would do where the committed ones run. */
export function planOf(subject: Subject, { pruned = [], ...known }: Known): Plan {
  const { environment, manifests, committed = [], outsiders = {} } = subject;
  const found = difference(committed, manifests);
  const release: Release = {
    ...known,
    environment,
    manifests,
    committed,
    outsiders,
    difference: found,
    pruned,
    applied: [
      ...manifests,
      ...found.orphaned.filter((manifest) => manifest.kind !== 'Job' && !pruned.includes(manifest)),
    ],
  };
  const parts = sections.map((section): Part => ({ section, entries: section.entries(release) }));
  return {
    environment,
    summary: sentence(parts, manifests.length),
    parts: parts.filter(({ entries }) => entries.length > 0),
  };
}

function sentence(parts: readonly Part[], objects: number): string {
  if (parts.every(({ entries }) => entries.length === 0)) {
    return `Nothing changes: ${count(objects, 'object')}, all as they were.`;
  }
  const found = new Map(parts.map(({ section, entries }) => [section, entries]));
  const phrases = [
    ...OBJECTS.flatMap(([section, what]) => {
      const { length = 0 } = found.get(section) ?? [];
      return length > 0 ? `${count(length, 'object')} ${what}` : [];
    }),
    ...summarized.flatMap((section) => section.summary?.(found.get(section) ?? []) ?? []),
  ];
  return `${phrases.join(', ')}.`;
}
