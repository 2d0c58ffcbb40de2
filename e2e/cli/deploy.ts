import { model } from '../hosted/environment';
import type { Step } from '../step';
import { checkFailures } from './deploy/failures';
import { checkGuards } from './deploy/guards';
import { checkInterruptions } from './deploy/interruptions';
import { checkOutages } from './deploy/outages';
import { checkRelease } from './deploy/release';
import { Trial } from './deploy/trial';
import { trialEnvironments } from './environments';

/** `coped diff` and `coped deploy`, as somebody uses them, with whatever goes wrong. */
export const deployOf = (name: string): readonly Step[] =>
  (
    [
      ['coped-deploy', 'releases: taken over, unchanged, changed under load, cleaned up', checkRelease],
      ['coped-deploy-guards', 'what a deploy refuses, and that it touches nothing then', checkGuards],
      ['coped-deploy-failures', 'releases that do not get healthy, and the way back', checkFailures],
      ['coped-deploy-interruptions', 'ctrl-C in each phase, and two at once', checkInterruptions],
      ['coped-deploy-outages', 'the API server stops meanwhile', checkOutages],
    ] as const
  ).map(([step, about, check], i) => ({
    name: step,
    about,
    needs: i === 0 ? ['hosted-up'] : ['coped-deploy'],
    run: (suite) => check(suite, trialOf(name, suite.kubectl.context)),
  }));

export const deploy: readonly Step[] = deployOf(model.environment.name);

function trialOf(name: string, context: string): Trial {
  const environment = trialEnvironments.find((one) => one.name === name);
  if (!environment) throw new Error(`there is no environment ${name} for trials`);
  return new Trial(environment, context);
}
