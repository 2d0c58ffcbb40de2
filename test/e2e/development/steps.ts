import { changesNothing, nothingForbidden } from '../cluster/applied';
import { ready, workloadNames } from '../cluster/workloads';
import { distOf } from '../model';
import { checkNetwork } from '../network/check-network';
import { checkPages } from '../site/pages';
import { checkFound, create, uniqueTitle } from '../site/projects';
import { checkVisit } from '../site/visitor';
import { type Draft, inLane, type Suite } from '../step';
import { dataSurvives } from './data-survives';
import { liveCode } from './live-code';
import { HOST, model, throughIngress } from './model';

/** Generous: a laptop may still be unpacking images. */
const MINUTES = 10;

const names = workloadNames(model.manifests);

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

const up: Draft = {
  name: 'development-up',
  about: 'everything of dist/development is up',
  core: 'goes on from what `coped up` has brought up, or brings it up',
  needs: [],
  async run(suite) {
    const { code } = await suite.kubectl.in(model.namespace).attempt(['get', '--output=name', ...names]);
    if (code === 0) suite.report.note('it was brought up before: by `coped up`, or an earlier run');
    else await checkApplied(suite);
    await checkServing(suite);
  },
};

const reapply: Draft = {
  name: 'development-reapply',
  about: 'applying the same release again',
  core: 'one call',
  async run({ kubectl, report }) {
    await report.check('a second `kubectl apply` reports everything unchanged', () =>
      changesNothing(kubectl, distOf('development')),
    );
  },
};

const podSecurity: Draft = {
  name: 'development-pod-security',
  about: 'the namespace enforces the restricted standard',
  core: 'a rejected pod shows in events only',
  async run({ kubectl, report }) {
    await report.check('no pod was rejected', () => nothingForbidden(kubectl, model.namespace));
  },
};

const site: Draft = {
  name: 'development-site',
  about: 'pages, API and dashboards, as a browser on a laptop shows them',
  core: 'what everything else is for',
  async run({ settings, report }) {
    const home = throughIngress(settings);
    await checkPages(report, home);
    await checkPages(report, { address: settings.nodePort, host: `${HOST}:8000` });

    const title = uniqueTitle();
    await report.check('the API creates a project', async () => `number ${(await create(home, title)).id}`);
    await checkFound(report, home, title);
    await checkVisit(report, home, settings.chromium(), title);
  },
};

const applicationTests: Draft = {
  name: 'development-application-tests',
  about: `the application's own tests, in its development image`,
  core: 'its image has what its tests need, and they pass where it runs',
  async run({ kubectl, report }) {
    await report.check('`python manage.py test` in the pod of web', async () => {
      const command = ['python', 'manage.py', 'test', '--settings=tests.settings'];
      const { code, stdout, stderr } = await kubectl
        .in(model.namespace)
        .attempt(['exec', 'deployment/web', '--container=web', '--', ...command], { within: 300 });
      const [, ran] = /^Ran (\d+ tests)/m.exec(stderr) ?? [];
      if (code !== 0 || ran === undefined) throw new Error(stdout + stderr);
      return ran;
    });
  },
};

const network: Draft = {
  name: 'development-network',
  about: 'who can connect to whom, against lib/network/flows.ts',
  deep: 'core tries the matrix once, on the policies of a release',
  run: (suite) => checkNetwork(suite, model),
};

export const development = inLane(
  'development',
  ['development-up'],
  [up, reapply, podSecurity, site, applicationTests, liveCode, dataSurvives, network],
);
