import { changesNothing, nothingForbidden } from '../cluster/applied';
import { ready, workloadNames } from '../cluster/workloads';
import { distOf } from '../model';
import { checkNetwork } from '../network/check-network';
import { checkPages } from '../site/pages';
import { checkFound, create, uniqueTitle } from '../site/projects';
import { checkVisit } from '../site/visitor';
import type { Suite } from '../step';
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

export async function up(suite: Suite): Promise<void> {
  const { code } = await suite.kubectl.in(model.namespace).attempt(['get', '--output=name', ...names]);
  if (code === 0) suite.report.note('it was brought up before: by `coped up`, or an earlier run');
  else await checkApplied(suite);
  await checkServing(suite);
}

export async function reapply({ kubectl, report }: Suite): Promise<void> {
  await report.check('a second `kubectl apply` reports everything unchanged', () =>
    changesNothing(kubectl, distOf('development')),
  );
}

export async function podSecurity({ kubectl, report }: Suite): Promise<void> {
  await report.check('no pod was rejected', () => nothingForbidden(kubectl, model.namespace));
}

export async function site({ settings, report }: Suite): Promise<void> {
  const home = throughIngress(settings);
  await checkPages(report, home);
  await checkPages(report, { address: settings.nodePort, host: `${HOST}:8000` });

  const title = uniqueTitle();
  await report.check('the API creates a project', async () => `number ${(await create(home, title)).id}`);
  await checkFound(report, home, title);
  await checkVisit(report, home, settings.chromium(), title);
}

export async function applicationTests({ kubectl, report }: Suite): Promise<void> {
  await report.check('`python manage.py test` in the pod of web', async () => {
    const command = ['python', 'manage.py', 'test', '--settings=tests.settings'];
    const { code, stdout, stderr } = await kubectl
      .in(model.namespace)
      .attempt(['exec', 'deployment/web', '--container=web', '--', ...command], { within: 300 });
    const [, ran] = /^Ran (\d+ tests)/m.exec(stderr) ?? [];
    if (code !== 0 || ran === undefined) throw new Error(stdout + stderr);
    return ran;
  });
}

export const network = (suite: Suite): Promise<void> => checkNetwork(suite, model);
