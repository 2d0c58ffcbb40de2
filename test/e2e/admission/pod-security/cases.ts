import type { Versions } from '../../../../checker/pod-security/versions';
import type { Pod } from '../../../../checker/pod-security/violations';
import { yamlOf } from '../../../yaml';
import { changed } from '../../changes';

/** A pod and what must become of it. */
export interface Case {
  /** What is special about it. */
  readonly name: string;
  readonly pod: Pod;
  /** Which controls refuse it, and in which versions of Kubernetes. */
  readonly refused: Readonly<Record<string, Versions>>;
  /** Whether an API server creates such a pod, as far as security is not concerned. */
  readonly created: boolean;
}

/** An entry of cases.yaml. */
interface Entry {
  readonly metadata?: object;
  readonly spec?: object;
  readonly volume?: object;
  readonly context?: object;
  readonly container?: object;
  readonly containers?: object;
  readonly created?: boolean;
}

const container = (name: string) => ({
  name,
  image: 'example.org/web:1.0.0',
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

/** What every version admits. The container that prepares it stays, so that it may have probes. */
const good: Pod = {
  metadata: {},
  spec: {
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    initContainers: [{ ...container('sidecar'), restartPolicy: 'Always' }],
    containers: [container('web')],
  },
};

const LISTS = ['containers', 'initContainers', 'ephemeralContainers'] as const;

/** A pod for each kind of container in which an entry changes something, or the one that it changes. */
function podsOf(entry: Entry): { pod: Pod; list?: string }[] {
  const { metadata = {}, spec = {}, volume, context } = entry;
  const pod = changed(good, { metadata, spec: volume ? { volumes: [{ name: 'data', ...volume }] } : spec });
  const { initContainers, containers } = pod.spec;
  const one = entry.container ?? (context && { securityContext: context });
  const each = LISTS.map((list) => {
    const [first = container('debugger')] =
      { initContainers, containers, ephemeralContainers: [] }[list] ?? [];
    return { list, pod: changed(pod, { spec: { [list]: [changed(first, one)] } }) };
  });
  if (context) return [{ pod: changed(pod, { spec: { securityContext: context } }) }, ...each];
  if (one) return each;
  const all = (list: typeof containers) => list?.map((first) => changed(first, entry.containers ?? {}));
  const changes = { initContainers: all(initContainers), containers: all(containers) };
  return [{ pod: changed(pod, { spec: changes }) }];
}

/** `runAsUser before 1.35 and runAsNonRoot`, taken apart. */
const refusedOf = (controls: string): Case['refused'] =>
  Object.fromEntries(
    controls.split(' and ').flatMap((one): [string, Versions][] => {
      const [id = '', from, version] = one.split(' ');
      if (id === 'admitted') return [];
      return [[id, from ? { [from]: Number(version?.replace('1.', '')) } : {}]];
    }),
  );

export const cases: readonly Case[] = Object.entries(
  yamlOf<Readonly<Record<string, readonly Entry[]>>>(__dirname, 'cases.yaml'),
).flatMap(([controls, entries]) =>
  entries.flatMap((entry) =>
    podsOf(entry).map(({ pod, list }) => ({
      name: `${list ?? 'pod'} ${JSON.stringify(entry)}: ${controls}`,
      pod,
      refused: refusedOf(controls),
      // Debug containers are added to a pod that runs; no pod is created with them.
      created: entry.created !== false && list !== 'ephemeralContainers',
    })),
  ),
);
