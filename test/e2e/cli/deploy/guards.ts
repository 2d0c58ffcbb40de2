import type { Suite } from '../../step';
import { coped, expectEnd } from '../program/in-process';
import type { Trial } from './trial';

export async function checkGuards({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl, name, context, model, environment } = trial;
  const more = { ...environment, backup: { ...environment.backup, keep: 3 } };
  const before = await versions(trial);
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
    const { type, data, metadata } = await kubectl.get('secret', 'django');
    const { labels, annotations } = metadata;
    await kubectl.run(['delete', 'secret', 'django']);
    try {
      return expectEnd(
        await trial.deploy({ environment: more }),
        2,
        /django, key secret-key/,
        /coped secrets .* init/,
      );
    } finally {
      const secret = {
        apiVersion: 'v1',
        kind: 'Secret',
        type,
        data,
        metadata: { name: 'django', labels, annotations },
      };
      await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(secret) });
    }
  });
  await report.check('none of them has touched anything', async () => {
    if ((await versions(trial)) !== before) throw new Error('something has changed');
  });
}

/** Every generation: it counts the changes of what is wanted. */
async function versions({ kubectl }: Trial): Promise<string> {
  const { items } = await kubectl.get('deployments,statefulsets,cronjobs,networkpolicies,configmaps,lease');
  return JSON.stringify(
    items.map(
      ({
        kind,
        metadata,
        data,
        spec,
      }: {
        kind: string;
        metadata: { name: string; generation?: number };
        data?: object;
        spec?: { acquireTime?: string };
      }) => [kind, metadata.name, metadata.generation, Object.keys(data ?? {}).length, spec?.acquireTime],
    ),
  );
}
