import type { Manifest } from '../manifests/manifest';
import { listOf, ofKind, once, workloads } from '../manifests/workloads';
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

const GRANTS: Readonly<Record<string, string>> = { ConfigMap: 'configmaps', Secret: 'secrets' };

/** Whether a program may read an object through the API, which no manifest shows. */
export const isReadable = (kind: string, name: string, manifests: readonly Manifest[]): boolean =>
  [...ofKind(manifests, 'Role'), ...ofKind(manifests, 'ClusterRole')]
    .flatMap(({ rules }) => listOf(rules))
    .some(({ resources = [], verbs = [], resourceNames = [] }) =>
      [
        resources.some((one) => one === GRANTS[kind] || one === '*'),
        verbs.some((verb) => ['get', 'list', 'watch', '*'].includes(verb)),
        resourceNames.length === 0 || resourceNames.includes(name),
      ].every(Boolean),
    );
