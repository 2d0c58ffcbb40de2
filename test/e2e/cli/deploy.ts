import { environment } from '../hosted/environment';
import type { Draft, Suite } from '../step';
import { checkChanges } from './deploy/changes';
import { checkFailures } from './deploy/failures';
import { checkGuards } from './deploy/guards';
import { checkInterruptions } from './deploy/interruptions';
import { checkOutages } from './deploy/outages';
import { checkRelease } from './deploy/release';
import { withSmall } from './deploy/small';
import { Trial } from './deploy/trial';

/** Does something with the environment that the steps before have brought up. */
const onHosted =
  (check: (suite: Suite, trial: Trial) => Promise<void>) =>
  (suite: Suite): Promise<void> =>
    check(suite, new Trial(environment, suite.kubectl.context));

/** `coped diff` and `coped deploy`, as users run them, with what can go wrong. */
export const deploy: readonly Draft[] = [
  {
    name: 'coped-deploy-guards',
    about: 'what a deploy refuses, and that it touches nothing then',
    core: 'refusals take no time',
    run: onHosted(checkGuards),
  },
  {
    name: 'coped-deploy',
    about: 'releases: taken over, unchanged, changed under load, rolled back',
    core: 'the command that touches production; the one rollout under load of core',
    alone: true,
    run: onHosted(checkRelease),
  },
  {
    name: 'coped-deploy-changes',
    about: 'what was changed by hand, and what is no longer described',
    deep: 'six releases, each a case of its own',
    needs: ['coped-deploy'],
    run: onHosted(checkChanges),
  },
  {
    name: 'coped-deploy-failures',
    about: 'releases that do not get healthy, and the way back',
    deep: 'faults: each waits until it shows',
    needs: ['coped-deploy'],
    run: onHosted(checkFailures),
  },
];

/** `coped deploy` of one small program, which is interrupted. */
export const interrupted: readonly Draft[] = [
  {
    name: 'coped-deploy-interruptions',
    about: 'ctrl-C in each phase, and two at once',
    deep: 'interruptions: twenty releases',
    run: (suite) => withSmall(suite, checkInterruptions),
  },
  {
    name: 'coped-deploy-outages',
    about: 'the API server stops meanwhile',
    deep: 'outages, of the network and of a Lease that has to run out',
    run: (suite) => withSmall(suite, checkOutages),
  },
];
