import { removeNamespace } from '../../../cli/cluster/delete-namespace';
import { changesNothing, nothingForbidden } from '../cluster/applied';
import { ready } from '../cluster/workloads';
import { withDist } from '../folder';
import { checkNetwork } from '../network/check-network';
import type { Suite } from '../step';
import { model } from './environment';

export async function reapply({ kubectl, report }: Suite): Promise<void> {
  await report.check('no pod was rejected', () => nothingForbidden(kubectl, model.namespace));
  await report.check('a second `kubectl apply` reports everything unchanged', () =>
    withDist(model, (folder) => changesNothing(kubectl, folder)),
  );
}

export async function backup({ kubectl, report }: Suite): Promise<void> {
  const scope = kubectl.in(model.namespace);
  const name = `backup-${Date.now().toString(36)}`;
  await report.check('a dump is written and can be listed', async () => {
    await scope.run(['create', 'job', '--from=cronjob/backup', name]);
    await ready(report, scope, [`Job/${name}`], 180);
    const log = await scope.run(['logs', `job/${name}`]);
    const written = /^wrote (\/backup\/\S+\.dump, \S+)$/m.exec(log);
    if (!written) throw new Error(`the log does not speak of a dump:\n${log}`);
    return written[1];
  });
}

export const network = (suite: Suite): Promise<void> => checkNetwork(suite, model);

/** The namespace is this suite's own, so everything in it may go. */
export async function down({ kubectl, report }: Suite): Promise<void> {
  await report.check(`${model.namespace} is gone`, () =>
    removeNamespace(report, kubectl.in(model.namespace)),
  );
}
