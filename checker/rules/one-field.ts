import { apart } from '../manifests/apart';
import { grouped } from '../manifests/grouped';
import { selected } from '../manifests/selected';
import { containers, identity, nameOf, ofKind, workloads } from '../manifests/workloads';
import { rule } from '../rule';
import { fieldFindings } from './fields';

// Rules that compare one field.

export const retention = rule({
  id: 'retention',
  severity: 'warning',
  what: 'A StatefulSet deletes its volumes together with itself or its pods.',
  why: 'Most changes of immutable fields require deleting a StatefulSet, and scaling down saves money: neither should delete data.',
  remedy: 'Set whenDeleted and whenScaled to Retain; only a laptop may delete its data.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  // Where secrets are fake, the data is, too.
  needs: ['fakeSecrets'],
  find: ({ manifests, fakeSecrets }) =>
    !fakeSecrets &&
    ofKind(manifests, 'StatefulSet').map((set) => {
      const policy = set.spec?.persistentVolumeClaimRetentionPolicy;
      return fieldFindings(`${nameOf(set)} spec.persistentVolumeClaimRetentionPolicy`, policy, [
        ['whenDeleted', deletes, 'Set it to Retain'],
        ['whenScaled', deletes, 'Set it to Retain'],
      ]);
    }),
});

const deletes = (value: unknown) => value === 'Delete' && 'deletes its data without confirmation';

export const duplicates = rule({
  id: 'duplicates',
  what: 'One object is written twice.',
  why: '`kubectl apply` accepts both without a warning, and the last one wins.',
  remedy: 'Give one of them another name, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  find: ({ manifests }) =>
    [...grouped(manifests.map((manifest) => [identity(manifest), manifest])).values()].map(
      ([first, ...more]) =>
        first &&
        more.length > 0 && {
          // The marks of the others, too.
          where: `${nameOf(first)}${more.map((one) => apart.get(one)?.mark).join('')} metadata.name`,
          value: first.metadata.name,
          wrong: `names ${more.length === 1 ? 'two' : more.length + 1} objects of kind ${first.kind}`,
          remedy: 'Give one of them another name, or remove it',
        },
    ),
});

/** Kinds of which a component has one, named after it. It may have several Services and ConfigMaps. */
const ONE_EACH = [
  'CronJob',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Job',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'StatefulSet',
];

export const componentNames = rule({
  id: 'component-names',
  severity: 'warning',
  what: 'An object is not named after its component.',
  why: 'People find things by their name, as in `kubectl logs deployment/web`. And `kubectl apply` deletes nothing: under a new name a second one starts, and the first one keeps running.',
  remedy:
    'Name it after its component. To rename a component, delete the old objects after the deploy; `npx coped plan production` lists them.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  needs: ['own'],
  find: ({ manifests }) =>
    manifests.map((manifest) => {
      const { kind, metadata } = manifest;
      const component = metadata.labels?.['app.kubernetes.io/component'];
      // A Job's name ends with a hash of what it does.
      const name = kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{10}$/, '') : metadata.name;
      // A component may have a CronJob for each of several commands.
      const command = kind === 'CronJob' ? metadata.labels?.['coped.org/command'] : undefined;
      const own = command === undefined ? component : `${component}-${command}`;
      if (component === undefined || name === own || !ONE_EACH.includes(kind)) return undefined;
      return {
        where: `${nameOf(manifest)} metadata.name`,
        value: metadata.name,
        wrong: `is not the name of its component, ${own}`,
        remedy: `Rename it to ${own}${kind === 'Job' ? ' and a hash' : ''}`,
      };
    }),
});

export const nakedPods = rule({
  id: 'naked-pods',
  severity: 'warning',
  what: 'A Pod has no controller.',
  why: 'It is not recreated on another node when its own fails.',
  remedy: 'Let a Deployment, StatefulSet, Job or CronJob create it.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods',
  find: ({ manifests }) =>
    ofKind(manifests, 'Pod').map((pod) => ({
      where: `${nameOf(pod)} kind`,
      wrong: 'is not recreated when its node fails',
      remedy: 'Make it the template of a Deployment, StatefulSet, Job or CronJob',
    })),
});

export const subPath = rule({
  id: 'sub-path',
  severity: 'warning',
  what: 'Only a part of a volume is mounted.',
  why: 'Links in the volume have led out of it more than once, onto the node (CVE-2021-25741); and a single file of a ConfigMap or Secret is not updated until the pod is replaced.',
  remedy:
    'Mount the whole volume into a directory of its own, or put the parts together in a projected volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  find: ({ manifests }) =>
    workloads(manifests)
      .flatMap(containers)
      .map(({ path, spec }) =>
        (spec.volumeMounts ?? []).map((mount) =>
          fieldFindings(`${path}.volumeMounts[${mount.mountPath}]`, mount, [
            ['subPath', isPart, WHOLE],
            ['subPathExpr', isPart, WHOLE],
          ]),
        ),
      ),
});

const isPart = (value: unknown) => Boolean(value) && 'mounts a part of a volume';
const WHOLE = 'Mount the whole volume into a directory of its own';

export const podContext = rule({
  id: 'pod-context',
  severity: 'warning',
  what: 'A pod leaves its security context to each container.',
  why: 'Containers are added after the review: an injected sidecar, or `kubectl debug`, gets the settings of the pod, and not those of its other containers.',
  remedy: "Set runAsNonRoot and a seccompProfile in the pod's securityContext.",
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod',
  find: ({ manifests }) =>
    workloads(manifests).map(({ pod, podPath }) =>
      fieldFindings(`${podPath}.securityContext`, pod.securityContext, [
        ['runAsNonRoot', isSet(true), 'Set it to true'],
        ['seccompProfile.type', isSet('RuntimeDefault', 'Localhost'), 'Set it to RuntimeDefault'],
      ]),
    ),
});

const isSet =
  (...allowed: unknown[]) =>
  (value: unknown) =>
    !allowed.includes(value) && 'is not set on the pod, so a container added later runs without it';

export const unprotected = rule({
  id: 'unprotected',
  severity: 'warning',
  what: 'A server has no disruption budget where nodes may be drained at any time.',
  why: 'While a cluster is updated its nodes are drained one after the other, and without a budget all pods of a server may be evicted at once.',
  remedy: 'Emit a PodDisruptionBudget for it, with maxUnavailable: 1.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  needs: ['resilient'],
  find: ({ manifests, resilient }) => {
    const covered = ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      budget.spec?.selector ? selected(manifests, budget, budget.spec.selector) : [],
    );
    return (
      workloads(manifests)
        .filter((workload) => resilient && workload.serves && !covered.includes(workload))
        // One pod that must be alone is away for a moment in any case; `rollout` finds it.
        .filter(({ manifest }) => manifest.spec?.strategy?.type !== 'Recreate')
        .map(({ name }) => ({
          where: name,
          wrong: 'has no disruption budget',
          remedy: 'Emit a PodDisruptionBudget that selects its pods, with maxUnavailable: 1',
        }))
    );
  },
});
