import { checkPages } from '../site/pages';
import { checkFound, create, uniqueTitle } from '../site/projects';
import { request, type Site, visit } from '../site/site';
import { checkVisit } from '../site/visitor';
import type { Suite } from '../step';
import { createUser, credentials, siteOf } from './access';
import { HOST, model } from './environment';

export async function site(suite: Suite): Promise<void> {
  const { kubectl, report, settings } = suite;
  const home = await siteOf(suite);
  await checkPages(report, home);
  await report.check('plain HTTP leads to HTTPS', () =>
    redirected({ address: settings.ingress, host: HOST }),
  );

  const json = { title: 'This may not be written' };
  const refused = (headers: Record<string, string>) =>
    visit(home, '/api/projects/', { method: 'POST', status: 401, json, headers });
  await report.check('writing without a user is refused', () => refused({}));
  await report.check('and with a wrong password', () => refused(credentials('admin', 'wrong')));

  const title = uniqueTitle();
  await report.check('a user made with createsuperuser may write', async () => {
    const user = await createUser(kubectl.in(model.namespace));
    return `project ${(await create(home, title, user)).id}`;
  });
  await checkFound(report, home, title);
  await checkVisit(report, home, settings.chromium(), title);
}

async function redirected(plain: Site): Promise<string> {
  const { status, headers } = await request(plain, '/');
  const location = String(headers['location'] ?? '');
  if (status >= 300 && status < 400 && location.startsWith(`https://${HOST}`))
    return `${status} to ${location}`;
  throw new Error(`answered ${status}, location "${location}"`);
}
