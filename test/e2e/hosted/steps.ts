import { removeNamespace } from '../../../cli/cluster/delete-namespace';
import { changesNothing, nothingForbidden } from '../cluster/applied';
import { ready } from '../cluster/workloads';
import { withDist } from '../folder';
import { checkNetwork } from '../network/check-network';
import { type Draft, inLane } from '../step';
import { model } from './environment';
import { images } from './images';
import { resilience } from './resilience';
import { site } from './site';
import { up } from './up';

const reapply: Draft = {
  name: 'hosted-reapply',
  about: 'applying the same release again',
  core: 'one call',
  async run({ kubectl, report }) {
    await report.check('no pod was rejected', () => nothingForbidden(kubectl, model.namespace));
    await report.check('a second `kubectl apply` reports everything unchanged', () =>
      withDist(model, (folder) => changesNothing(kubectl, folder)),
    );
  },
};

const backup: Draft = {
  name: 'hosted-backup',
  about: 'the nightly dump, started by hand',
  deep: 'the same Job as coped-backup, started by kubectl',
  async run({ kubectl, report }) {
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
  },
};

const network: Draft = {
  name: 'hosted-network',
  about: 'who can connect to whom, against lib/network/flows.ts',
  core: 'the whole matrix, once',
  run: (suite) => checkNetwork(suite, model),
};

export const hosted = inLane(
  'hosted',
  ['hosted-up'],
  [images, up, reapply, site, backup, network, resilience],
);

/** The namespace is this suite's own, so everything in it may go. */
export const down: Draft = {
  name: 'hosted-down',
  about: 'the namespace of this suite is removed',
  core: 'leaves the cluster as it was',
  async run({ kubectl, report }) {
    await report.check(`${model.namespace} is gone`, () =>
      removeNamespace(report, kubectl.in(model.namespace)),
    );
  },
};
