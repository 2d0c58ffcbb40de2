import type { Suite } from '../../step';
import { expectEnd } from '../program/in-process';
import { when } from '../program/through';
import type { Trial } from './trial';

/** What a deploy does, and the call by which it is known. */
export const PHASES: readonly (readonly [phase: string, line: RegExp])[] = [
  ['it asks whether another deploy is running', / get .*lease coped-deploy /],
  ['it looks for Secrets', / get secrets /],
  ['it compares', / apply .*--dry-run=server /],
  ['it takes its turn', / (create|replace) --output=json --filename=- /],
  ['it writes its record', / create --filename=- /],
  ['it applies', / apply --server-side (?!.*dry-run)/],
  ['it cleans up', / delete --ignore-not-found --wait=false --filename=- /],
  ['it waits until all is ready', / get .*deployments,statefulsets,jobs,replicasets,pods /],
  ['it notes that it is done', / annotate --overwrite configmap coped-release-/],
];

export async function checkInterruptions({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl } = trial;
  const config = (i: number) => [
    ...trial.manifests,
    trial.object('v1', 'ConfigMap', { data: { i: String(i) } }),
    // Nothing refers to the one before it any more: there is something to clean up.
    trial.object('v1', 'ConfigMap', { data: {} }, `trial-${i}`),
  ];
  await report.check('releases that can be interrupted', async () =>
    expectEnd(await trial.release(config(0)), 0),
  );
  for (const [i, [phase, line]] of PHASES.entries()) {
    await report.check(`ctrl-C while ${phase}; again, it is deployed`, async () => {
      const interruption = new AbortController();
      // At the start of the call: later, a quick machine may be done with it.
      const pressing = when(
        line,
        (execute) => execute,
        () => interruption.abort(),
      );
      const first = await trial.release(config(i + 1), { signal: interruption.signal, through: pressing });
      expectEnd(first, 130);
      const [lease] = await kubectl.list('leases');
      if (lease?.spec?.holderIdentity)
        throw new Error(`the Lease was not given back: ${lease.spec.holderIdentity}`);
      expectEnd(await trial.release(config(i + 1)), 0);
      const items = await kubectl.list('configmaps');
      const names = items.map(({ metadata }) => metadata.name);
      const there = names.filter((name) => /^trial-/.test(name)).join();
      const value = (await kubectl.get('configmap', 'trial')).data?.i;
      if (there !== `trial-${i + 1}` || value !== String(i + 1)) throw new Error(`${there}, with ${value}`);
    });
  }
  await report.check('of two at once one is refused, and named who is at it', async () => {
    const both = await Promise.all([trial.release(config(20)), trial.release(config(20))]);
    const codes = both.map(({ code }) => code).sort();
    if (codes.join() !== '0,2')
      throw new Error(`exit codes ${codes}\n${both.map(({ errors }) => errors).join('\n')}`);
    return expectEnd(
      both.find(({ code }) => code === 2) ?? both[0],
      2,
      /deploys this environment, since|took the lease first/,
    );
  });
  await report.check('or waits its turn', async () => {
    const both = await Promise.all([21, 22].map((i) => trial.release(config(i), {}, { wait: true })));
    for (const ended of both) expectEnd(ended, 0);
    if (!both.some(({ errors }) => /Waiting for our turn/.test(errors)))
      throw new Error('neither has waited');
  });
  await report.check('back to the start', () => trial.deployed());
}
