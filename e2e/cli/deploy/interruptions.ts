import type { Suite } from '../../step';
import { expectEnd } from '../in-process';
import type { Trial } from './trial';

export async function checkInterruptions({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl, model } = trial;
  const config = (a: string) => [...model.manifests, trial.object('v1', 'ConfigMap', { data: { a } })];
  await report.check('ctrl-C while it is applied; again, it is deployed', async () => {
    const first = await trial.release(config('1'), trial.interruptedAt(/✔ Comparing[^✔]*$/));
    expectEnd(first, 130);
    return expectEnd(await trial.release(config('1')), 0);
  });
  await report.check('ctrl-C while it gets healthy; again, it is deployed', async () => {
    const first = await trial.release(config('2'), trial.interruptedAt(/✔ Applying/));
    expectEnd(first, 130, /takes it up again/);
    if ((await kubectl.get('configmap', 'trial')).data.a !== '2') throw new Error('it was not applied');
    return expectEnd(await trial.release(config('2')), 0);
  });
  await report.check('of two at once one is refused, and told who is at it', async () => {
    const both = await Promise.all([trial.release(config('3')), trial.release(config('3'))]);
    const codes = both.map(({ code }) => code).sort();
    if (codes.join() !== '0,2')
      throw new Error(`exit codes ${codes}\n${both.map(({ errors }) => errors).join('\n')}`);
    return expectEnd(both.find(({ code }) => code === 2) ?? both[0], 2, /deploys this environment, since/);
  });
  await report.check('back to the sources', async () => expectEnd(await trial.deploy(), 0));
}
