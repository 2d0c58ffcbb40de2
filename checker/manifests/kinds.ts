import { grouped } from './grouped';
import groups from './groups.json';

type Typed = { readonly apiVersion?: string; readonly kind: string };

const inverted = (kinds: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, string[]> =>
  grouped(Object.entries(kinds).flatMap(([group, all]) => all.map((kind) => [kind, group] as const)));

/** The groups of each kind that is known here. Others have kinds of the same names: a Calico NetworkPolicy is no Kubernetes one. */
const KNOWN = inverted(groups.known);

/** Kinds of others of which no controller makes pods, Services, ConfigMaps or Secrets. */
const MAKE_NOTHING = inverted(groups.makeNothing);

const groupOf = (apiVersion = ''): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';

/**
 * The kind, as rules may compare it: where another group has a known kind of this name it is called as by kubectl,
 * `NetworkPolicy.projectcalico.org`. Versions do not matter, not even those that are gone.
 */
export function kindOf(one: Typed): string {
  const { apiVersion, kind } = one;
  const known = called.get(apiVersion)?.get(kind);
  if (known !== undefined) return known;
  const name = KNOWN.has(kind) && !isOf(KNOWN, one) ? withGroup(one) : kind;
  called.set(apiVersion, (called.get(apiVersion) ?? new Map()).set(kind, name));
  return name;
}

/** Version → kind → what it is called: there are few, and each is asked for many times. */
const called = new Map<string | undefined, Map<string, string>>();

/** Without a group, the kind that is known is meant. */
function isOf(kinds: ReadonlyMap<string, readonly string[]>, { apiVersion, kind }: Typed): boolean {
  const group = groupOf(apiVersion);
  return group === '' || kinds.get(kind)?.includes(group) === true;
}

/** The same for kinds that are not known: two groups may have one of the same name. */
export const fullKindOf = (one: Typed): string => (KNOWN.has(one.kind) ? kindOf(one) : withGroup(one));

const withGroup = ({ apiVersion, kind }: Typed): string => `${kind}.${groupOf(apiVersion)}`;

/** Whether a controller may make any other object of it, as of all kinds that are not known. */
export const mayMakeOthers = (one: Typed): boolean => !isOf(KNOWN, one) && !isOf(MAKE_NOTHING, one);
