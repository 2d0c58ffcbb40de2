import type { Kubectl } from '../cluster/kubectl';
import type { Step } from '../step';
import { model } from './environment';

/** The namespace is this suite's own, so everything in it may go. */
export async function removeEnvironment(kubectl: Kubectl): Promise<void> {
  await kubectl.run(['delete', 'namespace', model.namespace, '--ignore-not-found', '--wait'], {
    within: 400,
  });
}

export const down: Step = {
  name: 'hosted-down',
  about: 'the namespace of this suite is removed',
  async run({ kubectl, report }) {
    await report.check(`${model.namespace} is gone`, () => removeEnvironment(kubectl));
  },
};
