import type { Manifest } from '../../checker/manifests/manifest';
import type { Part, Plan } from '../../checker/plan';
import type { Difference } from '../../checker/plan/difference';
import type { Finding } from '../../checker/problem';
import type { Environment } from '../../lib/environments/environment';
import type { Intended } from './desired-state';
import { comparable, type Live } from './live-objects';
import { byHand, deletedByHand, handMade } from './manual-changes';
import { keyOf } from './release';

export interface Facts {
  readonly environment: Environment;
  /** The release, as it is written. */
  readonly manifests: readonly Manifest[];
  /** What the API server would make of it. */
  readonly intended: Intended;
  readonly live: Live;
  /** What exists and is no longer described, without what earlier plans have reported. */
  readonly orphans: readonly Manifest[];
  /** Keys of those among them that are deleted. */
  readonly pruned: readonly string[];
  /** What was deployed last. */
  readonly released: readonly Manifest[];
}

export interface Planned {
  readonly plan: Plan;
  readonly difference: Difference;
  /** What cannot be applied, without exceptions. */
  readonly refused: readonly Finding[];
}

/** The release plan, from what runs to what would run. Both sides have the API server's defaults, so only real changes differ. */
export function planned({
  environment,
  manifests,
  intended,
  live,
  orphans,
  pruned,
  released,
}: Facts): Planned {
  // Loaded only by the commands that need it.
  const { planOf } = require('../../checker/plan') as typeof import('../../checker/plan');
  const { difference } =
    require('../../checker/plan/difference') as typeof import('../../checker/plan/difference');
  const { historyOf, isOfTheObjects } =
    require('../../checker/plan/history') as typeof import('../../checker/plan/history');
  const { runChecks } = require('../../rules') as typeof import('../../rules');
  const { conventions } = require('../../rules/plan') as typeof import('../../rules/plan');
  const { subjectOf } = require('../../rules/subject') as typeof import('../../rules/subject');

  const existing = manifests.flatMap((manifest) => live.get(keyOf(manifest)) ?? []).map(comparable);
  const committed = [...existing, ...orphans];
  const subject = subjectOf(environment, intended.objects, committed);
  const history = historyOf(subject);
  const isKnown = ({ where }: Finding) => history.some((one) => objectOf(one.where) === objectOf(where));
  const answers = intended.refused.filter((finding) => !isKnown(finding));
  const plan = planOf(subject, {
    conventions,
    history: [...history, ...answers],
    problems: [],
    pruned: orphans.filter((object) => pruned.includes(keyOf(object))),
  });
  const found = difference(committed, intended.objects);
  const before = new Map(released.map((manifest) => [keyOf(manifest), manifest]));
  const wanted = new Map(manifests.map((manifest) => [keyOf(manifest), manifest]));
  const entries = [...handMade(found.changed, wanted, live, before), ...deletedByHand(found.created, before)];
  const excusable =
    history.length > 0 ? runChecks(subject).filter((problem) => !isOfTheObjects(problem)) : [];
  return {
    plan:
      entries.length > 0 ? { ...plan, parts: [{ section: byHand, entries }, ...plan.parts] as Part[] } : plan,
    difference: found,
    refused: [...excusable, ...intended.refused],
  };
}

const objectOf = (where: string): string => where.split(' ')[0] ?? '';
