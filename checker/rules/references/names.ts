import { kindOf } from '../../manifests/kinds';
import type { Labels } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, workloads } from '../../manifests/workloads';
import { type Findings, rule } from '../../rule';

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SERVICE = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PORT = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%\s]+$/;
const LABEL_NAME = /^[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;

/** Names of these become labels or host names of pods, which are shorter than other names. */
const SHORT = ['Deployment', 'Job', 'Namespace', 'Pod', 'StatefulSet'];

/** Names of these may contain what a path of a URL may contain: system:auth-delegator. */
const RBAC = ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'];

export const names = rule({
  id: 'names',
  what: 'A name, label or annotation is one that Kubernetes refuses.',
  why: 'The API server refuses it only in the middle of a deploy, one object at a time; cdk8s writes any name.',
  remedy: 'Use lower-case letters, digits and dashes, within the length that the kind allows.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  find: ({ manifests }) => [
    manifests.map((manifest) => [
      objectName(manifest),
      labels(`${nameOf(manifest)} metadata`, manifest.metadata),
    ]),
    workloads(manifests).map((workload) => [
      labels(workload.podPath.replace(/spec$/, 'metadata'), { labels: workload.labels }),
      (workload.pod.volumes ?? []).map(({ name }) =>
        check(LABEL, name, `${workload.podPath}.volumes[${name}].name`, 'a volume name'),
      ),
      containers(workload).map(({ path, spec }) => [
        check(LABEL, spec.name, `${path}.name`, 'a container name'),
        (spec.ports ?? [])
          .filter(({ name }) => name !== undefined)
          .map(({ name }) => check(PORT, name, `${path}.ports[${name}].name`, 'a port name', 15)),
      ]),
    ]),
  ],
});

function objectName(manifest: Manifest): Findings {
  const { metadata } = manifest;
  const kind = kindOf(manifest);
  const where = `${nameOf(manifest)} metadata.name`;
  if (kind === 'Service') return check(SERVICE, metadata.name, where, 'a Service name');
  // Kubernetes appends eleven characters for each run.
  if (kind === 'CronJob' && metadata.name?.length > 52) {
    const wrong = 'is too long for a CronJob';
    return { where, value: metadata.name, wrong, remedy: 'Use at most 52 characters' };
  }
  if (SHORT.includes(kind) || kind === 'CronJob') return check(LABEL, metadata.name, where, `a ${kind} name`);
  if (RBAC.includes(kind) && PATH_SEGMENT.test(metadata.name)) return undefined;
  return check(SUBDOMAIN, metadata.name, where, `a ${kind} name`, 253);
}

function check(pattern: RegExp, value: unknown, where: string, what: string, length = 63): Findings {
  if (pattern.test(String(value))) return undefined;
  const remedy = `Use at most ${length} lower-case letters, digits and dashes, with a letter or digit at both ends`;
  return { where, value, wrong: `is not ${what}`, remedy };
}

const labels = (path: string, metadata: { labels?: Labels; annotations?: Labels }): Findings =>
  (['labels', 'annotations'] as const).map((field) =>
    Object.keys(metadata[field] ?? {}).map((key) => {
      const value = metadata[field]?.[key];
      // Annotations may contain any text.
      const isValue =
        typeof value === 'string' && (field === 'annotations' || value === '' || LABEL_NAME.test(value));
      if (isValue && isKey(key)) return undefined;
      const where = `${path}.${field}[${key}]`;
      return [
        !isKey(key) && {
          where,
          value: key,
          wrong: `is not a key for ${field}`,
          remedy:
            'Use prefix/name: a DNS name, a slash, and at most 63 letters, digits, dashes, dots, underscores',
        },
        !isValue && {
          where,
          value,
          wrong: `is not a value for ${field}`,
          remedy:
            field === 'labels'
              ? 'Use at most 63 letters, digits, dashes, dots and underscores, as a string'
              : 'Use a string',
        },
      ];
    }),
  );

/** A few keys are on every object. */
const good = new Set<string>();

function isKey(key: string): boolean {
  if (good.has(key)) return true;
  const [name = '', prefix, ...more] = key.split('/').reverse();
  const valid =
    LABEL_NAME.test(name) && (prefix === undefined || SUBDOMAIN.test(prefix)) && more.length === 0;
  if (valid) good.add(key);
  return valid;
}
