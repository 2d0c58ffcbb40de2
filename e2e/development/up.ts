import { ready, workloadNames } from '../cluster/workloads';
import { distOf } from '../model';
import type { Step } from '../step';
import { model } from './model';

/** Generous: a laptop may still be unpacking images. */
const MINUTES = 10;

export const up: Step = {
  name: 'development-up',
  about: 'one `kubectl apply`, and everything comes up by itself',
  async run({ kubectl, report }) {
    const names = workloadNames(model.manifests);
    const scope = kubectl.in(model.namespace);
    await report.check('dist/development is applied', async () => {
      const output = await kubectl.run(['apply', `--filename=${distOf('development')}`]);
      return `${output.trim().split('\n').length} objects`;
    });
    await report.check('servers are ready and Jobs complete', async () => {
      await ready(report, scope, names, MINUTES * 60);
      return names.join(', ');
    });
  },
};
