import type { Labels } from '../../manifests/label-selector';
import type { Manifest } from '../../manifests/manifest';
import { containers, nameOf, workloads } from '../../manifests/workloads';
import type { Finding } from '../../problem';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

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
  why: '`cdk8s` writes any name; the API server refuses it only in the middle of a deploy, one object at a time.',
  remedy: 'Use lower-case letters, digits and dashes, within the length that the kind allows.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  find: ({ manifests }) => [
    ...manifests.flatMap((manifest) => [
      ...objectName(manifest),
      ...labels(`${nameOf(manifest)} metadata`, manifest.metadata),
    ]),
    ...workloads(manifests).flatMap((workload) => [
      ...labels(workload.podPath.replace(/spec$/, 'metadata'), { labels: workload.labels }),
      ...(workload.pod.volumes ?? []).flatMap(({ name }) =>
        check(LABEL, name, `${workload.podPath}.volumes[${name}].name`, 'a volume name'),
      ),
      ...containers(workload).flatMap(({ path, spec }) => [
        ...check(LABEL, spec.name, `${path}.name`, 'a container name'),
        ...(spec.ports ?? [])
          .filter(({ name }) => name !== undefined)
          .flatMap(({ name }) => check(PORT, name, `${path}.ports[${name}].name`, 'a port name', 15)),
      ]),
    ]),
  ],
});

function objectName(manifest: Manifest): Finding[] {
  const { kind, metadata } = manifest;
  const where = `${nameOf(manifest)} metadata.name`;
  if (kind === 'Service') return check(SERVICE, metadata.name, where, 'a Service name');
  // Kubernetes appends eleven characters for each run.
  if (kind === 'CronJob' && metadata.name?.length > 52) {
    return [
      {
        where,
        value: metadata.name,
        wrong: 'is too long for a CronJob',
        remedy: 'Use at most 52 characters',
      },
    ];
  }
  if (SHORT.includes(kind) || kind === 'CronJob') return check(LABEL, metadata.name, where, `a ${kind} name`);
  if (RBAC.includes(kind) && PATH_SEGMENT.test(metadata.name)) return [];
  return check(SUBDOMAIN, metadata.name, where, `a ${kind} name`, 253);
}

function check(pattern: RegExp, value: unknown, where: string, what: string, length = 63): Finding[] {
  if (pattern.test(String(value))) return [];
  const remedy = `Use at most ${length} lower-case letters, digits and dashes, with a letter or digit at both ends`;
  return [{ where, value, wrong: `is not ${what}`, remedy }];
}

const labels = (path: string, metadata: { labels?: Labels; annotations?: Labels }): Finding[] =>
  (['labels', 'annotations'] as const).flatMap((field) =>
    Object.entries(metadata[field] ?? {}).flatMap(([key, value]) => {
      // Annotations may contain any text.
      const isValue =
        typeof value === 'string' && (field === 'annotations' || value === '' || LABEL_NAME.test(value));
      return fieldFindings(path, [
        [
          `${field}[${key}]`,
          key,
          !isKey(key) && `is not a key for ${field}`,
          'Use prefix/name: a DNS name, a slash, and at most 63 letters, digits, dashes, dots, underscores',
        ],
        [
          `${field}[${key}]`,
          value,
          !isValue && `is not a value for ${field}`,
          field === 'labels'
            ? 'Use at most 63 letters, digits, dashes, dots and underscores, as a string'
            : 'Use a string',
        ],
      ]);
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
