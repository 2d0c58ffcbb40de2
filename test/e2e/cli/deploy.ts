import { model } from '../hosted/environment';
import type { Step, Suite } from '../step';
import { checkChanges } from './deploy/changes';
import { checkFailures } from './deploy/failures';
import { checkGuards } from './deploy/guards';
import { checkInterruptions } from './deploy/interruptions';
import { checkOutages } from './deploy/outages';
import { checkRelease } from './deploy/release';
import { withSmall } from './deploy/small';
import { Trial } from './deploy/trial';
import { trialEnvironments } from './environments';

/** Does something with the environment that the steps before have brought up. */
const onHosted =
  (check: (suite: Suite, trial: Trial) => Promise<void>) =>
  (suite: Suite): Promise<void> =>
    check(suite, trialOf(model.environment.name, suite));

const onSmall =
  (check: (suite: Suite, trial: Trial) => Promise<void>) =>
  (suite: Suite): Promise<void> =>
    withSmall(suite, trialOf('e2e-deploy', suite), check);

function trialOf(name: string, { kubectl }: Suite): Trial {
  const environment = trialEnvironments.find((one) => one.name === name);
  if (!environment) throw new Error(`there is no environment ${name} for trials`);
  return new Trial(environment, kubectl.context);
}

/** `coped diff` and `coped deploy`, as users run them, with what can go wrong. */
export const deploy: readonly Step[] = [
  {
    name: 'coped-deploy-guards',
    about: 'what a deploy refuses, and that it touches nothing then',
    suite: 'core',
    why: 'refusals take no time',
    lane: 'hosted',
    needs: ['hosted-up'],
    run: onHosted(checkGuards),
  },
  {
    name: 'coped-deploy',
    about: 'releases: taken over, unchanged, changed under load, rolled back',
    suite: 'core',
    why: 'the command that touches production; the one rollout under load of core',
    lane: 'hosted',
    alone: true,
    needs: ['hosted-up'],
    run: onHosted(checkRelease),
  },
  {
    name: 'coped-deploy-changes',
    about: 'what was changed by hand, and what is no longer described',
    suite: 'deep',
    why: 'six releases, each a case of its own',
    lane: 'hosted',
    needs: ['coped-deploy'],
    run: onHosted(checkChanges),
  },
  {
    name: 'coped-deploy-failures',
    about: 'releases that do not get healthy, and the way back',
    suite: 'deep',
    why: 'faults: each waits until it shows',
    lane: 'hosted',
    needs: ['coped-deploy'],
    run: onHosted(checkFailures),
  },
  {
    name: 'coped-deploy-interruptions',
    about: 'ctrl-C in each phase, and two at once',
    suite: 'deep',
    why: 'interruptions: twenty releases',
    lane: 'deploy',
    run: onSmall(checkInterruptions),
  },
  {
    name: 'coped-deploy-outages',
    about: 'the API server stops meanwhile',
    suite: 'deep',
    why: 'outages, of the network and of a Lease that has to run out',
    lane: 'deploy',
    run: onSmall(checkOutages),
  },
];
