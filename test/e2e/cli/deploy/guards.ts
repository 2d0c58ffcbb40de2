import { expectSame, versionsOf, withoutSecret } from '../../cluster/objects';
import type { Suite } from '../../step';
import { coped, expectEnd } from '../program/in-process';
import type { Trial } from './trial';

export async function checkGuards({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl, name, context, model, environment } = trial;
  const more = { ...environment, backup: { ...environment.backup, keep: 3 } };
  const versions = () =>
    versionsOf(kubectl, 'deployments,statefulsets,cronjobs,networkpolicies,configmaps,lease');
  const before = await versions();
  await report.check('another context is refused', async () =>
    expectEnd(await coped(['deploy', name, '--yes', '--context', 'elsewhere']), 2, /is not a context of/),
  );
  await report.check('without a terminal, and without --yes, it is refused', async () =>
    expectEnd(
      await coped(['deploy', name, '--context', context], { environment: more }),
      2,
      /the confirmation needs a terminal/,
    ),
  );
  await report.check('what Kubernetes would refuse half way is refused before', async () => {
    const manifests = model.manifests.map((manifest) =>
      manifest.kind === 'StatefulSet'
        ? { ...manifest, spec: { ...manifest.spec, serviceName: 'other' } }
        : manifest,
    );
    return expectEnd(
      await trial.release(manifests),
      2,
      /this release cannot be deployed/,
      /StatefulSet\/postgres/,
    );
  });
  await report.check('a kind that the cluster does not have is refused before', async () => {
    const unknown = trial.object('e2e.coped.org/v1', 'Unknown', { spec: {} });
    return expectEnd(await trial.release([...model.manifests, unknown]), 2, /Unknown\/trial.*does not have/);
  });
  await report.check('a Secret that is not there is named, with what makes it', async () => {
    const ended = await withoutSecret(kubectl, 'django', () => trial.deploy({ environment: more }));
    return expectEnd(ended, 2, /django, key secret-key/, /coped secrets .* init/);
  });
  await report.check('none of them has touched anything', async () => expectSame(before, await versions()));
}
