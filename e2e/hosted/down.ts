import { until } from '../../cli/cluster/waiting';
import type { Step, Suite } from '../step';
import { model } from './environment';

/** The namespace is this suite's own, so everything in it may go. */
export async function removeEnvironment({ kubectl, report }: Suite): Promise<void> {
  const { namespace } = model;
  await kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
  const missing = async () => ((await kubectl.exists('namespace', namespace)) ? 'still there' : undefined);
  await until(report, `${namespace} to go`, missing, { within: 400 });
}

export const down: Step = {
  name: 'hosted-down',
  about: 'the namespace of this suite is removed',
  suite: 'core',
  why: 'leaves the cluster as it was',
  lane: 'hosted',
  async run(suite) {
    await suite.report.check(`${model.namespace} is gone`, () => removeEnvironment(suite));
  },
};
