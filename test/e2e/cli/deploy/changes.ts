import type { Suite } from '../../step';
import { expectEnd } from '../program/in-process';
import type { Trial } from './trial';

/** What a deploy does with what it finds in the cluster, and has not described. */
export async function checkChanges({ report }: Suite, trial: Trial): Promise<void> {
  const { kubectl, model } = trial;
  await report.check('a change by hand is named as such, and undone', async () => {
    await kubectl.run(['patch', 'configmap', 'django', '--patch', '{"data":{"DEBUG":"by hand"}}']);
    expectEnd(await trial.diff(), 1, /Changed by hand/, /data\.DEBUG.*kubectl-patch/);
    expectEnd(await trial.deploy(), 0);
    if ((await kubectl.get('configmap', 'django')).data?.DEBUG === 'by hand')
      throw new Error('it is still there');
  });
  const config = trial.object('v1', 'ConfigMap', { data: { a: '1' } });
  const secret = trial.object('v1', 'Secret', { stringData: { a: '1' } });
  await report.check(
    'what is no longer described is deleted; a Secret is not, and is never shown',
    async () => {
      expectEnd(await trial.release([...model.manifests, config, secret]), 0);
      const [other, word] = ['bm90IGZvciBwcmludGluZw==', 'not for printing'];
      const changed = trial.object('v1', 'Secret', { stringData: { a: word } });
      const full = await trial.fullDiff([
        ...model.manifests,
        trial.object('v1', 'ConfigMap', { data: { a: '2' } }),
        changed,
      ]);
      expectEnd(full, 1, /^\+ +a: "?'?2/m);
      if ([other, word].some((text) => (full.output + full.errors).includes(text)))
        throw new Error('it was shown');
      expectEnd(await trial.diff(), 1, /Deleted\n(.|\n)*ConfigMap\/trial/);
      expectEnd(await trial.deploy(), 0);
      if (await kubectl.exists('configmap', 'trial')) throw new Error('the ConfigMap is still there');
      if (!(await kubectl.exists('secret', 'trial'))) throw new Error('the Secret is gone');
      await kubectl.run(['delete', 'secret', 'trial']);
    },
  );
  const claim = trial.object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  });
  await report.check('a claim that is no longer described stops the deploy, and stays', async () => {
    expectEnd(await trial.release([...model.manifests, claim]), 0);
    expectEnd(await trial.deploy(), 2, /PersistentVolumeClaim\/trial.*at stake/);
    await kubectl.run(['delete', 'persistentvolumeclaim', 'trial']);
    return expectEnd(await trial.deploy(), 0);
  });
}
