import { until } from '../../../../cli/cluster/waiting';
import { changesNothing } from '../../cluster/applied';
import { leaving } from '../../cluster/objects';
import { withDist } from '../../folder';
import { siteOf } from '../../hosted/access';
import { environment } from '../../hosted/environment';
import { underLoad } from '../../site/steady-load';
import type { Suite } from '../../step';
import { expectEnd } from '../program/in-process';
import { Trial } from './trial';

/** Requests in a second while pods are replaced. */
const LOAD = 50;

export async function checkRelease(suite: Suite): Promise<void> {
  const { report } = suite;
  const trial = new Trial(environment, suite.kubectl.context);
  const { kubectl } = trial;
  await report.check(
    'what plain kubectl apply has made is taken over, and nothing of it changes',
    async () => {
      expectEnd(await trial.diff(), 0, /Nothing changes/);
      return expectEnd(await trial.deploy(), 0, /Release 1 is deployed/);
    },
  );
  await report.check('after it plain kubectl apply changes nothing either, and warns of nothing', () =>
    withDist(trial.model, async (folder) => {
      const { stderr } = await kubectl.attempt(['apply', '--dry-run=server', `--filename=${folder}`]);
      if (stderr.trim() !== '') throw new Error(stderr);
      return changesNothing(kubectl, folder);
    }),
  );
  await report.check('deployed again, it changes nothing', async () =>
    expectEnd(await trial.deploy(), 0, /Nothing changes/, /Release 1 is deployed already/),
  );

  const resources = { cpu: '10m', memory: '192Mi', memoryLimit: '512Mi' };
  const less = { ...environment, web: { ...environment.web, resources } };
  const site = await siteOf(suite);
  await report.check(
    `a changed setting is rolled out, and of ${LOAD} requests a second none fails`,
    async () => {
      expectEnd(
        await trial.diff({ environment: less }),
        1,
        /Deployment\/web: its 2 pods are replaced one by one/,
        /cpu/,
      );
      const answered = await underLoad(site, '/', LOAD, async () => {
        expectEnd(await trial.deploy({ environment: less }), 0, /Release 2 is deployed/);
        // A pod that leaves serves until the ingress has noticed.
        await until(report, 'the old pods to leave', () => leaving(kubectl), { within: 120 });
      });
      const { spec } = await kubectl.get('deployment', 'web');
      if (!JSON.stringify(spec?.template).includes('"cpu":"10m"')) throw new Error('it is not rolled out');
      return answered;
    },
  );
  await report.check('--rollback brings the release before; the schema is spoken of', async () =>
    expectEnd(await trial.deploy({}, '--rollback'), 0, /Release 3 is deployed/, /schema was not rolled back/),
  );
}
