import { removeNamespace } from '../../../cli/cluster/delete-namespace';
import type { Step, Suite } from '../step';
import { model } from './environment';

/** The namespace is this suite's own, so everything in it may go. */
export const removeEnvironment = ({ kubectl, report }: Suite): Promise<void> =>
  removeNamespace(report, kubectl.in(model.namespace));

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
