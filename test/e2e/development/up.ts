import { ready, workloadNames } from '../cluster/workloads';
import { distOf } from '../model';
import type { Step, Suite } from '../step';
import { model } from './model';

/** Generous: a laptop may still be unpacking images. */
const MINUTES = 10;

const names = workloadNames(model.manifests);

export const up: Step = {
  name: 'development-up',
  about: 'everything of dist/development is up',
  suite: 'core',
  why: 'goes on from what `coped up` has brought up, or brings it up',
  lane: 'development',
  async run(suite) {
    const { code } = await suite.kubectl.in(model.namespace).attempt(['get', '--output=name', ...names]);
    if (code === 0) suite.report.note('it was brought up before: by `coped up`, or an earlier run');
    else await checkApplied(suite);
    await checkServing(suite);
  },
};

export async function checkApplied({ kubectl, report }: Suite): Promise<void> {
  await report.check('dist/development is applied', async () => {
    const output = await kubectl.run(['apply', `--filename=${distOf('development')}`]);
    return `${output.trim().split('\n').length} objects`;
  });
}

export async function checkServing({ kubectl, report }: Suite): Promise<void> {
  await report.check('servers are ready and Jobs complete', async () => {
    await ready(report, kubectl.in(model.namespace), names, MINUTES * 60);
    return names.join(', ');
  });
}
