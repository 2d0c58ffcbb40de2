import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../cli/cluster/waiting';
import { podsOf } from '../cluster/objects';
import { withFolder } from '../folder';
import { request } from '../site/site';
import type { Draft, Suite } from '../step';
import { type Edit, python, template } from './edits';
import { model, throughIngress } from './model';

export const liveCode: Draft = {
  name: 'development-live-code',
  about: 'a file copied into the pod is served at once',
  core: 'how the application is worked on',
  async run(suite) {
    await tryEdit(suite, 'template', template);
    await tryEdit(suite, 'module', python);
  },
};

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
