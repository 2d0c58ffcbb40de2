import { checkPages } from '../site/pages';
import { checkFound, create, uniqueTitle } from '../site/projects';
import type { Site } from '../site/site';
import { checkVisit } from '../site/visitor';
import type { Settings, Step } from '../step';
import { HOST } from './model';

export const throughIngress = ({ ingress }: Settings): Site => ({ address: ingress, host: HOST });
const throughNodePort = ({ nodePort }: Settings): Site => ({ address: nodePort, host: `${HOST}:8000` });

export const site: Step = {
  name: 'development-site',
  about: 'pages, API and dashboards, as a browser on a laptop shows them',
  suite: 'core',
  why: 'what everything else is for',
  lane: 'development',
  needs: ['development-up'],
  async run({ settings, report }) {
    const home = throughIngress(settings);
    await checkPages(report, home);
    await checkPages(report, throughNodePort(settings));

    const title = uniqueTitle();
    await report.check('the API creates a project', async () => `number ${(await create(home, title)).id}`);
    await checkFound(report, home, title);
    await checkVisit(report, home, settings.chromium(), title);
  },
};
