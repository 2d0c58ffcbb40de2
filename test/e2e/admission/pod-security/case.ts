import type { Json } from '../../../../checker/manifests/manifest';
import type { Versions } from '../../../../checker/pod-security/versions';
import type { Pod } from '../../../../checker/pod-security/violations';

/** Which controls refuse a pod, and in which versions of Kubernetes. */
export type Refused = Readonly<Record<string, Versions>>;

/** A pod and what must become of it. */
export interface Case {
  /** What is special about it. */
  readonly name: string;
  readonly pod: Pod;
  readonly refused: Refused;
  /** An API server refuses to make such a pod before it looks at its security. */
  readonly unheard?: boolean;
}

/** Part of an object: what it says replaces, `undefined` removes. */
export type Change = Json;

/** A change, what refuses it, and whether no API server can be asked about it. */
export type Row = readonly [change: Change, refused: Refused, unheard?: 'unheard'];

/** In every version. */
export const ALWAYS: Versions = {};
export const ALLOWED: Refused = {};

const container = (name: string) => ({
  name,
  image: 'example.org/web:1.0.0',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

/** What every version admits. The container that prepares it stays, so that it may have probes. */
const good = (): Pod => ({
  metadata: {},
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [{ ...container('sidecar'), restartPolicy: 'Always' }],
    containers: [container('web')],
  },
});

/** The good pod after a change. */
export const ofPods = (rows: readonly Row[]): Case[] =>
  rows.map(([change, refused, unheard]) => ({
    name: nameOf('pod', change),
    pod: changed(good(), change),
    refused,
    unheard: unheard !== undefined,
  }));

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'];

/** The same after a change of one container, of each kind. */
export const ofContainers = (rows: readonly Row[], podChange: Change = {}): Case[] =>
  rows.flatMap(([change, refused, unheard]) =>
    LISTS.map((list) => {
      const pod = changed(good(), podChange);
      const [one = container('debugger')] = pod.spec[list] ?? [];
      return {
        name: nameOf(list, change, podChange),
        pod: changed(pod, { spec: { [list]: [changed(one, change)] } }),
        refused,
        // These are added to a pod that runs; no pod is created with them.
        unheard: unheard !== undefined || list === 'ephemeralContainers',
      };
    }),
  );

/** The same after a change of both of its containers. */
export const ofAllContainers = (rows: readonly Row[], podChange: Change = {}): Case[] =>
  rows.map(([change, refused, unheard]) => {
    const pod = changed(good(), podChange);
    const [initContainers, containers] = [pod.spec.initContainers, pod.spec.containers].map(([one]) => [
      changed(one, change),
    ]);
    return {
      name: nameOf('all containers', change, podChange),
      pod: changed(pod, { spec: { initContainers, containers } }),
      refused,
      unheard: unheard !== undefined,
    };
  });

const nameOf = (what: string, ...changes: Change[]): string =>
  [what, ...changes.map((change) => JSON.stringify(change, (_, value) => value ?? 'absent'))].join(' ');

const changed = (object: Change, change: Change): Change =>
  isMap(object) && isMap(change)
    ? { ...object, ...mapValues(change, (value, key) => changed(object[key], value)) }
    : change;

const isMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mapValues = (map: Change, value: (value: Change, key: string) => Change): Change =>
  Object.fromEntries(Object.entries(map).map(([key, old]) => [key, value(old, key)]));
