import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../../../cli/cluster/waiting';
import { python } from '../../development/edits';
import { model, throughIngress } from '../../development/model';
import { request } from '../../site/site';
import { type Session, saying, untilServed } from './session';

export async function breakAndFix(session: Session): Promise<string> {
  const file = join(session.django, 'projects/views.py');
  const before = await readFile(file, 'utf8');
  await writeFile(file, `${before}\nnothing_of_this_name\n`);
  await saying(
    session,
    /cannot load it: NameError: name 'nothing_of_this_name' is not defined \(projects\/views\.py, line \d+\)/,
  );
  await untilServed(session, '/', 'NameError', 500);
  await writeFile(file, before);
  return `${await untilServed(session, '/', '<footer')} ms after it was fixed`;
}

export async function replacePod(session: Session): Promise<void> {
  const { kubectl, settings } = session.suite;
  const mark = `dev-${Date.now().toString(36)}`;
  await writeFile(join(session.django, `projects/templates/${mark}.html`), mark);
  const urls = join(session.django, 'coped/urls_api.py');
  const before = await readFile(urls, 'utf8');
  await writeFile(urls, python.edited(before, `api/${mark}`));
  const isServed = async () => {
    const { status } = await request(throughIngress(settings), `/api/${mark}/`);
    return status === 200 ? undefined : `it answers ${status}`;
  };
  await until(session.suite.report, 'the edited code', isServed, { within: 30 });
  const scope = kubectl.in(model.namespace);
  await scope.run(['delete', 'pod', '--selector=app.kubernetes.io/component=api', '--wait=false']);
  await saying(session, /api: .* is gone|api: .* has ended or starts again/);
  await until(session.suite.report, 'the edited code in a new pod', isServed, { within: 90 });
  await writeFile(urls, before);
}
