import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { until } from '../../../cli/cluster/waiting';
import type { Report } from '../report';
import { request, type Site } from '../site/site';
import type { Step } from '../step';
import { model } from './model';
import { throughIngress } from './site';

/** What is changed, how a visitor sees it, and where. */
interface Edit {
  readonly what: string;
  readonly file: string;
  readonly edited: (text: string, mark: string) => string;
  readonly path: (mark: string) => string;
}

const EDITS: readonly Edit[] = [
  {
    what: 'template',
    file: '/app/projects/templates/base.html',
    edited: (text, mark) => text.replace('</footer>', `<p>${mark}</p></footer>`),
    path: () => '/',
  },
  {
    what: 'module',
    file: '/app/coped/urls.py',
    edited: (text, mark) =>
      `${text}\nfrom django.http import HttpResponse\nurlpatterns.append(path("${mark}/", lambda _: HttpResponse("${mark}")))\n`,
    path: (mark) => `/${mark}/`,
  },
];

export const liveCode: Step = {
  name: 'development-live-code',
  about: 'a file copied into the pod is served at once',
  suite: 'core',
  why: 'how the application is worked on',
  lane: 'development',
  needs: ['development-up'],
  async run({ kubectl, settings, report }) {
    const scope = kubectl.in(model.namespace);
    for (const edit of EDITS) await tryEdit(report, scope, throughIngress(settings), edit);
  },
};

async function tryEdit(report: Report, kubectl: Kubectl, site: Site, edit: Edit): Promise<void> {
  const mark = `e2e-${Date.now().toString(36)}`;
  const pod = (await kubectl.get('pods', '--selector=app.kubernetes.io/component=web,!coped.org/e2e'))
    .items[0].metadata.name;
  const before = await kubectl.run(['exec', pod, '--container=web', '--', 'cat', edit.file]);
  const isServed = async () => {
    const { status, body } = await request(site, edit.path(mark));
    return status === 200 && body.includes(mark);
  };
  /** Saved once: what is saved while the server is loading must not be missed. */
  const save = (text: string, wanted: boolean) => async () => {
    await copy(kubectl, pod, edit.file, text);
    const missing = async () => ((await isServed()) === wanted ? undefined : 'not served yet');
    await until(report, edit.file, missing, { within: 15 });
  };
  await report.check(`an edited ${edit.what} is served`, save(edit.edited(before, mark), true));
  await report.check(`and so is the ${edit.what} put back`, save(before, false));
}

async function copy(kubectl: Kubectl, pod: string, path: string, text: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'coped-e2e-'));
  try {
    const file = join(folder, 'edited');
    await writeFile(file, text);
    await kubectl.run(['cp', file, `${pod}:${path}`, '--container=web']);
  } finally {
    await rm(folder, { recursive: true });
  }
}
