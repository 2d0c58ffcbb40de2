import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../cli/cluster/waiting';
import { changesNothing, nothingForbidden } from '../cluster/applied';
import { podsOf, versionsOf } from '../cluster/objects';
import { ready, workloadNames } from '../cluster/workloads';
import { withFolder } from '../folder';
import { distOf } from '../model';
import { checkNetwork } from '../network/check-network';
import { checkPages } from '../site/pages';
import { checkFound, create, uniqueTitle } from '../site/projects';
import { request } from '../site/site';
import { checkVisit } from '../site/visitor';
import type { Suite } from '../step';
import { type Edit, python, template } from './edits';
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

export async function liveCode(suite: Suite): Promise<void> {
  await tryEdit(suite, 'template', template);
  await tryEdit(suite, 'module', python);
}

async function tryEdit({ kubectl, settings, report }: Suite, what: string, edit: Edit): Promise<void> {
  const scope = kubectl.in(model.namespace);
  const mark = `e2e-${Date.now().toString(36)}`;
  const file = `/app/${edit.file}`;
  const pod = (await podsOf(scope, 'web'))[0]?.metadata.name ?? '';
  const before = await scope.run(['exec', pod, '--container=web', '--', 'cat', file]);
  const isServed = async () => {
    const { status, body } = await request(throughIngress(settings), edit.path(mark));
    return status === 200 && body.includes(mark);
  };
  /** Saved once: what is saved while the server is loading must not be missed. */
  const save = (text: string, wanted: boolean) => async () => {
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'edited'), text);
      await scope.run(['cp', join(folder, 'edited'), `${pod}:${file}`, '--container=web']);
    });
    const missing = async () => ((await isServed()) === wanted ? undefined : 'not served yet');
    await until(report, file, missing, { within: 15 });
  };
  await report.check(`an edited ${what} is served`, save(edit.edited(before, mark), true));
  await report.check(`and so is the ${what} put back`, save(before, false));
}

const PODS = ['postgres-0', 'elasticsearch-0'];

export async function dataSurvives({ kubectl, settings, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  const site = throughIngress(settings);
  const title = uniqueTitle();
  await report.check('a project is created before', async () => `number ${(await create(site, title)).id}`);
  await report.check('new pods take the place of the deleted ones', async () => {
    const before = await versionsOf(scope, 'pods');
    await scope.run(['delete', 'pods', ...PODS], { within: 300 });
    const missing = async () => {
      const fresh = (await versionsOf(scope, 'pods')).filter((pod) => !before.includes(pod));
      const open = PODS.filter((name) => !fresh.some((pod) => pod.startsWith(`Pod/${name} `)));
      return open.join(', ') || undefined;
    };
    await until(report, 'new pods', missing, { within: 60 });
    await ready(report, scope, ['StatefulSet/postgres', 'StatefulSet/elasticsearch'], 300);
  });
  await checkFound(report, site, title, 60);
}
