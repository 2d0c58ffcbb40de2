import type { Step } from '../step';
import { model } from './model';

export const applicationTests: Step = {
  name: 'development-application-tests',
  about: `the application's own tests, in its development image`,
  suite: 'core',
  why: 'its image has what its tests need, and they pass where it runs',
  lane: 'development',
  needs: ['development-up'],
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
