import type { Manifest } from '../../checker/manifests/manifest';
import { type Part, type Plan, planOf } from '../../checker/plan';
import { type Difference, difference } from '../../checker/plan/difference';
import { historyOf, isOfTheObjects } from '../../checker/plan/history';
import type { Finding } from '../../checker/problem';
import type { Environment } from '../../lib/environments/environment';
import { runChecks } from '../../rules';
import { conventions } from '../../rules/plan';
import { subjectOf } from '../../rules/subject';
import type { Site } from '../cluster/site';
import { CliError } from '../terminal/errors';
import { type Intended, intendedBy, knownKinds } from './desired-state';
import { comparable, type Live, lastApplied, liveOf } from './live-objects';
import { byHand, deletedByHand, handMade } from './manual-changes';
import { NOT_OURS, staysBecause, takesDataAlong } from './ownership';
import { deployedOf, digestOf, type ReleaseRecord, recordsOf } from './records';
import { type Identity, identityOf, keyOf, type Release } from './release';

/** The state of the cluster, and what a release would change. */
export interface View {
  readonly records: readonly ReleaseRecord[];
  readonly live: Live;
  readonly difference: Difference;
  readonly plan: Plan;
  /** What would be deleted. */
  readonly pruned: readonly Identity[];
  /** What is no longer described, and stays. */
  readonly left: readonly Left[];
  /** Why it cannot be deployed. */
  readonly refused: readonly Finding[];
  /** Nothing would change, and the release is recorded as deployed. */
  readonly settled: boolean;
  /** Equal for equal views. */
  readonly fingerprint: string;
}

export interface Left {
  readonly object: Identity;
  readonly why: string;
}

/**
 * Compares the cluster with a release; changes nothing.
 * @throws CliError if the cluster does not answer
 */
export async function viewOf(site: Site, release: Release): Promise<View> {
  try {
    return await look(site, release);
  } catch (error) {
    if (error instanceof CliError || !(error instanceof Error)) throw error;
    throw new CliError(
      `comparing with the cluster failed: ${error.message.split('\n').at(-1)}`,
      `Nothing was changed. If \`${site.kubectl.typed('get', 'pods')}\` works, run it again`,
    );
  }
}

async function look({ kubectl, environment }: Site, { manifests }: Release): Promise<View> {
  const records = await recordsOf(kubectl);
  const wanted = new Set(manifests.map(keyOf));
  const inventory = inventoryOf(records).filter((object) => !wanted.has(keyOf(object)));
  const isKnown = await knownKinds(kubectl, [...manifests, ...inventory]);
  const live = await liveOf(kubectl, [...manifests, ...inventory].filter(isKnown));
  const orphans = inventory.flatMap((object) => live.get(keyOf(object)) ?? []);
  const left = orphans.flatMap((object) => {
    const why = staysBecause(object, environment.name);
    return why ? [{ object: identityOf(object), why }] : [];
  });
  const staying = new Set(left.map(({ object }) => keyOf(object)));
  const theirs = new Set(left.flatMap(({ object, why }) => (why === NOT_OURS ? keyOf(object) : [])));
  const pruned = orphans.filter((object) => !staying.has(keyOf(object)));
  const known = new Set(records.at(-1)?.left().map(keyOf));
  const intended = await intendedBy(kubectl, manifests, live, isKnown);
  const { plan, difference, refused } = planned({
    environment,
    manifests,
    intended,
    live,
    // Without what earlier releases have left. What is deleted is shown as it was written, to be compared with its replacement.
    orphans: orphans
      .filter((object) => !theirs.has(keyOf(object)))
      .filter((object) => !known.has(keyOf(object)) || !staying.has(keyOf(object)))
      .map((object) => lastApplied(object) ?? comparable(object)),
    pruned: pruned.map(keyOf),
    released: deployedOf(records).at(-1)?.manifests() ?? [],
  });
  const last = records.at(-1);
  const isLast = last?.status === 'deployed' && last.digest === digestOf(manifests);
  return {
    records,
    live,
    difference,
    plan,
    pruned: pruned.map(identityOf),
    left,
    refused: [...refused, ...pruned.filter(takesDataAlong).map(dangerous)],
    settled: isLast && plan.parts.length === 0,
    fingerprint: JSON.stringify([
      last?.number,
      last?.status,
      difference.created.map(keyOf),
      difference.changed.map(({ name, changes }) => [
        name,
        changes.map(({ path, before, after }) => [path, String(before), String(after)]),
      ]),
      [...pruned, ...left.map(({ object }) => object)].map(keyOf),
    ]),
  };
}

/** Everything that any recorded release has created, or left behind. */
function inventoryOf(records: readonly ReleaseRecord[]): Identity[] {
  const all = records.flatMap((record) => [...record.manifests(), ...record.left()]);
  return [...new Map(all.map((object) => [keyOf(object), identityOf(object)])).values()];
}

const dangerous = ({ kind, metadata }: Identity): Finding => ({
  where: `${kind}/${metadata.name} spec.persistentVolumeClaimRetentionPolicy.whenDeleted`,
  value: 'Delete',
  wrong: 'is no longer described, and its disks would be deleted together with it',
  remedy: 'Set it to Retain in the cluster, or delete it yourself with its data, then deploy again',
});

interface Facts {
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

/** The release plan, from what runs to what would run. Both sides have the API server's defaults, so only real changes differ. */
function planned({ environment, manifests, intended, live, orphans, pruned, released }: Facts) {
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
  const parts: Part[] = entries.length > 0 ? [{ section: byHand, entries }, ...plan.parts] : [...plan.parts];
  return { plan: { ...plan, parts }, difference: found, refused: [...excusable, ...intended.refused] };
}

const objectOf = (where: string): string => where.split(' ')[0] ?? '';
