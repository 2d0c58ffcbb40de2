import { setTimeout as pause } from 'node:timers/promises';
import type { Suite } from '../../step';
import { coped, expectEnd } from '../program/in-process';
import { when, withProxy } from '../program/through';
import type { Trial } from './trial';

/** Milliseconds: kubectl is in the middle of it then. */
const MIDDLE = 200;
/** Milliseconds; shorter than a Lease lasts. */
const AWAY = 12_000;

export async function checkOutages({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl, name, context } = trial;
  const config = (a: string) => [...trial.manifests, trial.object('v1', 'ConfigMap', { data: { a } })];
  const written = async () => (await kubectl.find('configmap', 'trial'))?.data?.a;

  await withProxy(kubectl, async (proxy, through) => {
    await report.check('the API server is away: that is said, with what to do', async () => {
      await proxy.stop();
      const ended = await coped(['deploy', name, '--yes', '--context', context], { through });
      await proxy.start();
      return expectEnd(ended, 1, /refused|reset|EOF/, /cluster does not answer/);
    });
    await report.check(
      'it stops in the middle of the apply; when it is back, a second run converges',
      async () => {
        const cutting = when(/ apply --server-side (?!.*dry-run)/, through, () =>
          pause(MIDDLE).then(() => proxy.stop()),
        );
        const first = await trial.release(config('half'), { through: cutting });
        await proxy.start();
        expectEnd(first, 1, /could not be given back; it runs out/, /[Rr]un it again/);
        // The Lease could not be given back: it expires, and the one that waits gets it.
        expectEnd(await trial.release(config('half'), { through }, { wait: true }), 0);
        if ((await written()) !== 'half') throw new Error('it was not applied');
      },
    );
    await report.check(
      `it is away for ${AWAY / 1000} s while pods are waited for: nothing has to be done`,
      async () => {
        let returned: Promise<unknown> = Promise.resolve();
        const away = async () => {
          await proxy.stop();
          returned = pause(AWAY).then(() => proxy.start());
        };
        const waiting = when(/ get .*deployments,statefulsets,jobs,replicasets,pods /, through, away);
        const ended = await trial.release(config('away'), { through: waiting });
        await returned;
        return expectEnd(ended, 0, /is deployed/);
      },
    );
  });
  await report.check('back to the start', () => trial.deployed());
}
