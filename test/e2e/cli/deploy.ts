import { environment } from '../hosted/environment';
import type { Suite } from '../step';
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

/** `coped diff` and `coped deploy`, as users run them, with what can go wrong; of one small program, where it is interrupted. */
export const deploy = {
  'coped-deploy': onHosted(checkRelease),
  'coped-deploy-interruptions': (suite: Suite) => withSmall(suite, checkInterruptions),
  'coped-deploy-outages': (suite: Suite) => withSmall(suite, checkOutages),
};
