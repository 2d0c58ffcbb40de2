import { LOCAL_TAG, moves, parseImage } from '../../../formats/image';
import { quantity, sum } from '../../../formats/quantity';
import type { Values } from '../../analysis/texts';
import { isAmount } from '../../manifests/amounts';
import type { ContainerSpec } from '../../manifests/kubernetes';
import {
  type Container,
  containers,
  fieldOf,
  isObject,
  nameOf,
  ofKind,
  type Workload,
  workloads,
} from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { type Findings, rule } from '../../rule';
import { type Field, fieldFindings } from '../fields';

/** CPU has no limit: a limit slows down a process on an idle node, and the request alone decides the share of each. */
const REQUIRED = [
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
  'limits.memory',
  'limits.ephemeral-storage',
].map(
  (field): Field => [
    field,
    (value) => value === undefined && 'is missing',
    'Set it; measure with `kubectl top pod` if unsure',
  ],
);

export const resources = rule({
  id: 'resources',
  severity: 'warning',
  what: 'A container has no requests or limits, or a volume in memory that is larger than its limit; or memory or disk is a few bytes.',
  why: "Memory and disk without a limit take down the node's other pods; with a quota on the namespace, a pod that leaves one out is refused.",
  remedy: 'Set requests for CPU, memory and disk, and limits for memory and disk.',
  link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
  find: ({ manifests }) => [
    [
      ...workloads(manifests).map(({ manifest }) => manifest),
      ...WITH_AMOUNTS.flatMap((kind) => ofKind(manifests, kind)),
    ].map((manifest) => isObject(manifest.spec) && fewBytes(manifest.spec, () => `${nameOf(manifest)} spec`)),
    workloads(manifests).map(inMemory),
    workloads(manifests)
      .flatMap(containers)
      .map(({ path, spec }) => [
        fieldFindings(`${path}.resources`, spec.resources, REQUIRED),
        amounts(spec.resources, `${path}.resources`),
      ]),
  ],
});

const amounts = ({ requests = {}, limits = {} }: ContainerSpec['resources'] = {}, path: string): Findings => [
  Object.entries({ requests, limits }).map(([field, values]) =>
    Object.entries(values)
      .filter(([, value]) => !((quantity(value) ?? 0) > 0))
      .map(([name, value]) => ({
        where: `${path}.${field}.${name}`,
        value,
        wrong: 'is not an amount',
        remedy: 'Use e.g. 250m for CPU, 512Mi for memory and disk',
      })),
  ),
  Object.keys(limits)
    .filter((name) => (quantity(requests[name]) ?? 0) > (quantity(limits[name]) ?? Number.POSITIVE_INFINITY))
    .map((name) => ({
      where: `${path}.requests.${name}`,
      value: requests[name],
      wrong: `is above the limit, ${limits[name]}`,
      remedy: 'Lower the request or raise the limit',
    })),
];

/** Kinds besides those with pods; in what others define, names may mean anything. */
const WITH_AMOUNTS = ['LimitRange', 'PersistentVolume', 'PersistentVolumeClaim', 'ResourceQuota'];
/** Least amounts and quotients may be as small as they like. */
const SMALL = ['maxLimitRequestRatio', 'min'];

/** Below that, no one means bytes: Kubernetes accepts `512m`, which is half a byte, and no container starts with it. */
const LEAST = 2 ** 20;

const IN_BYTES = /(?:memory|storage|^sizeLimit)$/;

/** Amounts of memory or disk, wherever they are, that lack a unit or have another one than was meant. */
function fewBytes(within: Values, path: () => string, owner = '', found: Finding[] = []): Finding[] {
  for (const key in within) {
    const value = within[key as keyof Values];
    if (isObject(value)) fewBytes(value, () => path() + step(within, key), key, found);
    else if (IN_BYTES.test(key) && isAmount(key, owner) && !SMALL.includes(owner)) {
      const amount = quantity(value);
      if (!amount || amount < 0 || amount >= LEAST) continue;
      const unit = String(value).endsWith('m') ? ': m means thousandths' : '';
      const remedy = `Write the unit, e.g. ${Number.parseFloat(String(value))}Mi`;
      found.push({
        where: path() + step(within, key),
        value,
        wrong: `is ${sum([amount])} bytes${unit}`,
        remedy,
      });
    }
  }
  return found;
}

function step(within: Values, key: string): string {
  if (!Array.isArray(within)) return /^[\w-]+$/.test(key) ? `.${key}` : `[${key}]`;
  const item: unknown = within[Number(key)];
  return `[${fieldOf(item, 'name') ?? fieldOf(fieldOf(item, 'metadata'), 'name') ?? key}]`;
}

/** What is written to a volume in memory counts as memory of the container that writes it. */
const inMemory = (workload: Workload): Findings =>
  (workload.pod.volumes ?? [])
    .filter(({ emptyDir }) => emptyDir?.medium === 'Memory')
    .map(({ name, emptyDir }) => {
      const sizeLimit = emptyDir?.sizeLimit;
      const where = `${workload.podPath}.volumes[${name}].emptyDir.sizeLimit`;
      if (sizeLimit === undefined) {
        const wrong = 'is missing, so files in it use memory until a container is killed';
        return { where, wrong, remedy: 'Set it, below the memory limit of the container' };
      }
      const writers = containers(workload).filter(({ spec }) =>
        (spec.volumeMounts ?? []).some((mount) => mount?.name === name && mount.readOnly !== true),
      );
      const limitOf = ({ spec }: (typeof writers)[number]) => spec.resources?.limits?.memory;
      const least = writers.find(
        (writer) => (quantity(sizeLimit) ?? 0) > (quantity(limitOf(writer)) ?? Number.POSITIVE_INFINITY),
      );
      if (!least) return undefined;
      const wrong = `is above the memory limit of container ${least.spec.name}, ${limitOf(least)}: it is killed before the volume is full`;
      return { where, value: sizeLimit, wrong, remedy: 'Lower it, or raise the limit' };
    });

export const images = rule({
  id: 'images',
  severity: 'warning',
  what: 'An image can change without notice, or is pulled at each start.',
  why: 'The image must stay the same, on every node: only then is IfNotPresent correct, and a laptop needs it to use images built there.',
  remedy: 'Name an explicit tag or a digest, with imagePullPolicy IfNotPresent.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  find: ({ manifests, fakeSecrets = false }) =>
    workloads(manifests)
      .flatMap(containers)
      .map((container) => [
        reference(container, fakeSecrets),
        fieldFindings(container.path, container.spec, [PULL_POLICY]),
      ]),
});

function reference({ path, spec }: Container, local: boolean) {
  const where = `${path}.image`;
  const value = spec.image;
  const parts = parseImage(value);
  if (!parts) {
    const remedy = 'Use registry/name:tag, e.g. docker.io/library/postgres:17.12-trixie';
    return { where, value, wrong: 'is not a reference to an image', remedy };
  }
  const { tag } = parts;
  if (!moves(parts) || (local && tag === LOCAL_TAG)) return undefined;
  const wrong =
    tag === LOCAL_TAG
      ? 'is an image that exists on a laptop only'
      : `can change without notice: ${tag ? `"${tag}" moves` : 'it has no tag'}`;
  return { where, value, wrong, remedy: 'Use an explicit tag such as :1.4.0, or a digest @sha256:…' };
}

const PULL_POLICY: Field = [
  'imagePullPolicy',
  (value) => value !== 'IfNotPresent' && 'is not IfNotPresent',
  'Set it to IfNotPresent: tags do not move here, and a laptop has no registry to pull from',
];
