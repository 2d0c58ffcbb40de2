import type { Manifest } from '../checker/manifests/manifest';
import { nameOf, ofKind } from '../checker/manifests/workloads';
import { type Change, changes } from '../checker/plan/changes';
import type { Finding } from '../checker/problem';
import { type Difference, differences as declared } from './allowed-differences';
import { rule } from './rule';

export const differences = rule({
  id: 'differences',
  severity: 'warning',
  what: 'Staging differs from production where no exception allows it.',
  why: 'A release that was tried on something else was not tried. An unintended difference is found on the day when production behaves in another way.',
  remedy: 'Make both the same, or declare the place with its reason in rules/allowed-differences.ts.',
  link: 'https://12factor.net/dev-prod-parity',
  needs: ['model'],
  find: ({ manifests, model, untried = manifests, names, modelNames }) =>
    contract(untried, model, declared, names, modelNames),
});

type Names = Readonly<Record<string, string>>;

/** A place in which two environments differ. */
export interface Differing extends Change {
  /** `Deployment/web spec.replicas`, or the object alone if only one of them has it. */
  readonly place: string;
}

/** Differences between an environment and its model that are not declared, and declarations without a difference. */
export function contract(
  manifests: readonly Manifest[],
  model: readonly Manifest[],
  list: readonly Difference[] = declared,
  names: Names = {},
  modelNames: Names = {},
): Finding[] {
  const found = differing(manifests, model, names, modelNames);
  // What an environment leaves out needs no line, and the line stays for others.
  const isThere = (place: string) =>
    [...manifests, ...model].map(nameOf).some(matcher(place.replace(/ .*/, '')));
  const patterns = list.flatMap(({ places }) => places.map((place) => ({ place, matches: matcher(place) })));
  return [
    ...found
      .filter(({ place }) => !patterns.some(({ matches }) => matches(place)))
      .map(({ place, before, after }) => ({
        where: place,
        value: after,
        wrong: `differs from production, which has ${before === undefined ? 'none' : JSON.stringify(before)}`,
        remedy: 'Make them the same, or declare the place with its reason in rules/allowed-differences.ts',
      })),
    ...patterns
      .filter(({ place, matches }) => !found.some((one) => matches(one.place)) && isThere(place))
      .map(({ place }) => ({
        where: 'rules/allowed-differences.ts',
        value: place,
        wrong: 'is declared to differ, and does not',
        remedy: 'Remove the line',
      })),
  ];
}

/** Every place where two environments differ, apart from their names and hosts. */
export function differing(
  manifests: readonly Manifest[],
  model: readonly Manifest[],
  ownNames: Names = {},
  modelNames: Names = {},
): Differing[] {
  const own = nameless(manifests, ownNames);
  const other = nameless(model, modelNames);
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((name): Differing[] => {
    const [before, after] = [other.get(name), own.get(name)];
    if (before === after) return [];
    if (!before) return [{ place: name, path: '', after: 'an object' }];
    if (!after) return [{ place: name, path: '', before: 'an object' }];
    return changes(JSON.parse(before), JSON.parse(after)).map((change) => ({
      ...change,
      place: `${name} ${change.path}`,
    }));
  });
}

/**
 * The objects, as JSON, without the names that every environment has of its own. Each environment's own are replaced, so
 * staging that names production's namespace still differs.
 */
function nameless(manifests: readonly Manifest[], known: Names): ReadonlyMap<string, string> {
  const namespace = ofKind(manifests, 'Namespace')[0]?.metadata;
  const instance = namespace?.labels?.[INSTANCE];
  const names: [string | undefined, string][] = [
    // Before the host, whose name may be part of theirs.
    ...Object.entries(known),
    [ofKind(manifests, 'Ingress')[0]?.spec?.rules?.[0]?.host, '<host>'],
    [namespace?.name, '<namespace>'],
    [instance && `"${INSTANCE}":"${instance}"`, `"${INSTANCE}":"<instance>"`],
  ];
  const withoutNames = (text: string) =>
    names.reduce((all, [name, placeholder]) => (name ? all.replaceAll(name, placeholder) : all), text);
  // Neither has a line break in it, so all can be one text: to replace in each takes many times as long.
  const texts = manifests.flatMap((manifest) => [nameOf(manifest), JSON.stringify(manifest)]);
  const lines = withoutNames(texts.join('\n')).split('\n');
  return new Map(manifests.map((_, i) => [lines[2 * i] ?? '', lines[2 * i + 1] ?? '']));
}

const INSTANCE = 'app.kubernetes.io/instance';

/** Whether a place is one that a pattern with `*` means. */
export function matcher(pattern: string): (place: string) => boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  // No regular expression: to compile one takes as long as a hundred comparisons.
  return (place) => {
    if (end === undefined) return place === start;
    if (!place.startsWith(start)) return false;
    let at = start.length;
    for (const part of parts) {
      const found = place.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return place.endsWith(end) && at + end.length <= place.length;
  };
}
