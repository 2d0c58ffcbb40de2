import { selected } from '../manifests/selected';
import { containers, dig, nameOf, ofKind, workloads } from '../manifests/workloads';
import type { Finding } from '../problem';
import { type Knowledge, type Rule, rule } from '../rule';
import type { Subject } from '../subject';

// Rules that go to one field and compare it.

type Place = Pick<Finding, 'where'> & Partial<Finding>;

interface OneField<Id extends string> extends Omit<Rule<Subject, Id>, 'needs' | 'find'> {
  readonly needs?: readonly Knowledge<Subject>[];
  /** What is said of each place, and what to do there; a place may say it in another way. */
  readonly wrong?: string;
  readonly fix?: string;
  readonly places: (subject: Subject) => readonly Place[];
}

const oneField = <const Id extends string>({ wrong = '', fix = '', places, ...texts }: OneField<Id>) =>
  rule({ ...texts, find: (subject) => places(subject).map((place) => ({ wrong, remedy: fix, ...place })) });

const everyContainer = ({ manifests }: Subject) => workloads(manifests).flatMap(containers);

export const retention = oneField({
  id: 'retention',
  what: 'A StatefulSet deletes its volumes together with itself or its pods.',
  why: 'Deleting one is how most changes of what is immutable are made, and scaling down is how money is saved: neither says that the data goes as well.',
  remedy: 'Set whenDeleted and whenScaled to Retain; only a laptop may throw its data away.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  // Where secrets are fake, the data is as well.
  needs: ['fakeSecrets'],
  wrong: 'deletes its data without asking',
  fix: 'Set it to Retain',
  places: ({ manifests, fakeSecrets }) =>
    (fakeSecrets ? [] : ofKind(manifests, 'StatefulSet')).flatMap((set) =>
      (['whenDeleted', 'whenScaled'] as const)
        .filter((when) => set.spec?.persistentVolumeClaimRetentionPolicy?.[when] === 'Delete')
        .map((when) => ({
          where: `${nameOf(set)} spec.persistentVolumeClaimRetentionPolicy.${when}`,
          value: 'Delete',
        })),
    ),
});

export const duplicates = oneField({
  id: 'duplicates',
  what: 'One object is written twice.',
  why: '`kubectl apply` takes both without a word, and the last one wins.',
  remedy: 'Give one of them another name, or remove it.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  fix: 'Give one of them another name, or remove it',
  places: ({ manifests }) => {
    const seen = new Set<string>();
    return manifests.flatMap((manifest) => {
      const { apiVersion, kind, metadata } = manifest;
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
      const id = [group, nameOf(manifest), metadata.namespace].join(' ');
      if (!seen.has(id)) return seen.add(id) && [];
      const wrong = `names two objects of kind ${kind}`;
      return { where: `${nameOf(manifest)} metadata.name`, value: metadata.name, wrong };
    });
  },
});

/** Kinds of which a component has one, called like it. Its Services and configuration may be several. */
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

export const componentNames = oneField({
  id: 'component-names',
  what: 'An object is not called like the component it belongs to.',
  why: 'People find things by their name, as in `kubectl logs deployment/web`. And `kubectl apply` deletes nothing: under a new name a second one starts, and the first one goes on.',
  remedy:
    'Call it like its component. To rename a component, delete the old objects after the deploy; `npx coped plan production` lists them.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/',
  needs: ['own'],
  places: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const { kind, metadata } = manifest;
      const component = metadata.labels?.['app.kubernetes.io/component'];
      // A Job's name ends with a hash of what it does.
      const name = kind === 'Job' ? metadata.name.replace(/-[0-9a-f]{10}$/, '') : metadata.name;
      if (component === undefined || name === component || !ONE_EACH.includes(kind)) return [];
      return {
        where: `${nameOf(manifest)} metadata.name`,
        value: metadata.name,
        wrong: `is not the name of its component, ${component}`,
        remedy: `Call it ${component}${kind === 'Job' ? ' and a hash' : ''}`,
      };
    }),
});

export const nakedPods = oneField({
  id: 'naked-pods',
  what: 'A Pod stands for itself.',
  why: 'Nobody starts it again on another node when its own goes away.',
  remedy: 'Let a Deployment, StatefulSet, Job or CronJob make it.',
  link: 'https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods',
  wrong: 'is not started again when its node goes away',
  fix: 'Make it the template of a Deployment, StatefulSet, Job or CronJob',
  places: ({ manifests }) => ofKind(manifests, 'Pod').map((pod) => ({ where: `${nameOf(pod)} kind` })),
});

export const subPath = oneField({
  id: 'sub-path',
  what: 'A part of a volume is mounted.',
  why: 'Links in the volume have led out of it more than once, onto the node (CVE-2021-25741); and a single file of a ConfigMap or Secret never changes again until the pod does.',
  remedy:
    'Mount the whole volume into a directory of its own, or put the parts together in a projected volume.',
  link: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  wrong: 'mounts a part of a volume',
  fix: 'Mount the whole volume into a directory of its own',
  places: (subject) =>
    everyContainer(subject).flatMap(({ path, spec }) =>
      (spec.volumeMounts ?? []).flatMap((mount) =>
        (['subPath', 'subPathExpr'] as const)
          .filter((field) => mount[field])
          .map((field) => ({
            where: `${path}.volumeMounts[${mount.mountPath}].${field}`,
            value: mount[field],
          })),
      ),
    ),
});

export const secretVariables = oneField({
  id: 'secret-variables',
  what: 'A secret reaches a program as an environment variable.',
  why: 'Variables are handed to every child process, printed by error pages and crash reports, and shown by `docker inspect` and its likes. A file is read by the one who opens it, and changes with its Secret.',
  remedy: 'Mount the Secret as a file and name the file in a `…_FILE` variable.',
  link: 'https://kubernetes.io/docs/concepts/security/secrets-good-practices/#restrict-access-to-secrets-to-specific-containers',
  wrong: 'puts a secret into the environment of the process and of all its children',
  fix: 'Mount it as a file; for an image that cannot read files, write an exception with the reason',
  places: (subject) =>
    everyContainer(subject).flatMap(({ path, spec: { env = [], envFrom = [] } }) => [
      ...env
        .filter(({ valueFrom }) => valueFrom?.secretKeyRef)
        .map(({ name }) => ({ where: `${path}.env[${name}].valueFrom.secretKeyRef` })),
      ...envFrom.flatMap(({ secretRef }, i) =>
        secretRef ? { where: `${path}.envFrom[${i}].secretRef` } : [],
      ),
    ]),
});

export const podContext = oneField({
  id: 'pod-context',
  what: 'A pod leaves it to each of its containers how it is confined.',
  why: 'Containers come later than reviews: a sidecar that is injected, or `kubectl debug`, takes what the pod says and nothing of what its neighbours say.',
  remedy: "Say it in the pod's securityContext: runAsNonRoot and a seccompProfile.",
  link: 'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod',
  wrong: 'is not set on the pod, so a container added later runs without it',
  places: ({ manifests }) =>
    workloads(manifests).flatMap(({ pod, podPath }) =>
      [
        { field: 'runAsNonRoot', allowed: [true] },
        { field: 'seccompProfile.type', allowed: ['RuntimeDefault', 'Localhost'] },
      ].flatMap(({ field, allowed }) => {
        const value = dig(pod, `securityContext.${field}`);
        if (allowed.some((one) => one === value)) return [];
        return { where: `${podPath}.securityContext.${field}`, value, remedy: `Set it to ${allowed[0]}` };
      }),
    ),
});

export const unprotected = oneField({
  id: 'unprotected',
  what: 'A server that people rely on has no disruption budget.',
  why: 'While a cluster is updated its nodes are emptied one after the other, and without a budget all pods of a server may be told to go at once.',
  remedy: 'Emit a PodDisruptionBudget for it, with maxUnavailable: 1.',
  link: 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
  needs: ['resilient'],
  wrong: 'has no disruption budget',
  fix: 'Emit a PodDisruptionBudget that selects its pods, with maxUnavailable: 1',
  places: ({ manifests, resilient }) => {
    const covered = ofKind(manifests, 'PodDisruptionBudget').flatMap((budget) =>
      budget.spec?.selector ? selected(manifests, budget, budget.spec.selector) : [],
    );
    return workloads(manifests)
      .filter((workload) => resilient && workload.serves && !covered.includes(workload))
      .map(({ name }) => ({ where: name }));
  },
});
