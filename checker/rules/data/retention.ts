import { nameOf, ofKind } from '../../manifests/workloads';
import { rule } from '../../rule';

export const retention = rule({
  id: 'retention',
  what: 'A StatefulSet deletes its volumes together with itself or its pods.',
  why: 'Deleting one is how most changes of what is immutable are made, and scaling down is how money is saved: neither says that the data goes as well.',
  remedy: 'Set whenDeleted and whenScaled to Retain; only a laptop may throw its data away.',
  link: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention',
  // Where secrets are fake, the data is as well.
  needs: ['fakeSecrets'],
  find: ({ manifests, fakeSecrets }) =>
    fakeSecrets
      ? []
      : ofKind(manifests, 'StatefulSet').flatMap((set) =>
          (['whenDeleted', 'whenScaled'] as const)
            .filter((when) => set.spec?.persistentVolumeClaimRetentionPolicy?.[when] === 'Delete')
            .map((when) => ({
              where: `${nameOf(set)} spec.persistentVolumeClaimRetentionPolicy.${when}`,
              value: 'Delete',
              wrong: 'deletes its data without asking',
              remedy: 'Set it to Retain',
            })),
        ),
});
