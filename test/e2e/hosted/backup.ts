import { ready } from '../cluster/workloads';
import type { Step } from '../step';
import { model } from './environment';

export const backup: Step = {
  name: 'hosted-backup',
  about: 'the nightly dump, started by hand',
  suite: 'deep',
  why: 'the same Job as coped-backup, started by kubectl',
  lane: 'hosted',
  needs: ['hosted-up'],
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
