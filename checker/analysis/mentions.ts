import type { Manifest } from '../manifests/manifest';
import { listOf, ofKind, once, workloads } from '../manifests/workloads';
import { READ, WORKLOADS } from './permissions';
import { settings } from './settings';
import { texts } from './texts';

/** Kinds of Kubernetes itself say in known fields what they refer to; custom resources may do so anywhere. */
const BUILT_IN = /^([a-z0-9]+\/)?v\d\w*$|\.k8s\.io\//;

/** Every word in arguments, variables, configuration, annotations and custom resources: each may be the name of an object. */
export const mentions = once((manifests: readonly Manifest[]): ReadonlySet<string> => {
  const annotations = [...manifests.map(({ metadata }) => metadata), ...workloads(manifests)].flatMap((one) =>
    Object.values(one.annotations ?? {}),
  );
  const custom = manifests
    .filter(({ apiVersion }) => !BUILT_IN.test(apiVersion))
    .flatMap((manifest) => texts({ spec: manifest['spec'] }).map(({ text }) => text));
  const given = settings(manifests).flatMap(({ all }) => all.map(({ value }) => value));
  return new Set([...annotations, ...custom, ...given].flatMap((text) => String(text).split(/[^\w.-]+/)));
});

/** Whether a program may do to objects, through the API, what no manifest shows. */
const allows = (
  manifests: readonly Manifest[],
  wanted: readonly string[],
  kinds: readonly string[],
  named?: string,
): boolean =>
  [...ofKind(manifests, 'Role'), ...ofKind(manifests, 'ClusterRole')]
    .flatMap(({ rules }) => listOf(rules))
    .some(
      ({ resources = [], verbs = [], resourceNames = [] }) =>
        resources.some((one) => kinds.includes(one)) &&
        verbs.some((verb) => verb === '*' || wanted.includes(verb)) &&
        (named === undefined || resourceNames.length === 0 || resourceNames.includes(named)),
    );

const pluralOf = (kind: string): string => `${kind.toLowerCase()}s`;

/** By reading an object, or by starting pods that use it. */
export const mayUse = (manifests: readonly Manifest[], kind: string, name: string): boolean =>
  (['ConfigMap', 'Secret'].includes(kind) && allows(manifests, READ, [pluralOf(kind), '*'], name)) ||
  allows(manifests, ['create'], [...WORKLOADS, '*']);

/** A program of theirs starts pods that no manifest shows, as the manager of Longhorn does. */
export const mayStartPods = (manifests: readonly Manifest[]): boolean =>
  allows(manifests, ['create'], WORKLOADS);

/** Where it is named: what may create everything need not create this. */
export const mayCreate = (manifests: readonly Manifest[], kind: string): boolean =>
  allows(manifests, ['create'], [pluralOf(kind)]);
