import { PassThrough } from 'node:stream';
import type { SecretValue } from '../../../checker/secrets/secret-value';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { serverOf } from '../../../cli/secrets/rotation/servers';
import { StoredSecret } from '../../../cli/secrets/stored-secret';
import { siteOf } from '../hosted/access';
import { model } from '../hosted/environment';
import { underLoad } from '../site/steady-load';
import type { Suite } from '../step';
import { coped, expectEnd, interruptedAt } from './program/in-process';

const PER_SECOND = 50;
/** Both ask PostgreSQL, the search asks Elasticsearch as well. */
const PATHS = ['/api/search/?q=geothermal', '/'];

/** Logs in again at both servers as Django does, again and again, until standard input ends: pages keep their connections. */
const LOGINS = `
import os, select, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coped.settings")
import django
django.setup()
from django.db import connection
from projects.search import ALIAS, client
logins = 0
while not select.select([sys.stdin], [], [], 0.2)[0]:
    connection.close()
    connection.ensure_connection()
    client().options(request_timeout=30).search(index=ALIAS, size=0)
    logins += 1
print(logins)
`;

const { environment, namespace } = model;
const secrets = (...words: string[]) => ['secrets', environment.name, ...words];
const rotate = async (secret: string) => expectEnd(await coped(secrets('rotate', secret)), 0, /rotated {2}/);

type Server = 'postgres' | 'elasticsearch';

/** Changes the password of the application at a server; `meanwhile` does it, and looks at something else. */
async function checkRotated(
  { kubectl, report }: Suite,
  server: Server,
  promise: string,
  meanwhile: (task: () => Promise<unknown>) => Promise<unknown> = (task) => task(),
): Promise<void> {
  const scope = kubectl.in(namespace);
  const secret = `${server}-application`;
  const old = await passwordOf(scope, secret);
  await report.check(`${secret} changes${promise}`, () => meanwhile(() => rotate(secret)));
  await report.check(`${server} accepts the new one, and no longer the old one`, async () => {
    const known = serverOf(server, scope, model.environment);
    const now = await known.accepts('coped_application', await passwordOf(scope, secret));
    const before = await known.accepts('coped_application', old);
    if (!now || before) throw new Error(`new: ${now}, old: ${before}`);
  });
}

export async function rotation(suite: Suite): Promise<void> {
  await suite.report.check('check finds nothing wrong', async () =>
    expectEnd(await coped(secrets('check')), 0),
  );
  await checkRotated(suite, 'postgres', '');
}

export async function rotationUnderLoad(suite: Suite): Promise<void> {
  for (const server of ['postgres', 'elasticsearch'] as const) {
    await checkRotated(suite, server, ', and no request and no login fails', (task) =>
      undisturbed(suite, task),
    );
  }
  await suite.report.check(
    'interrupted half-way it harms no request, check names it, and a second run finishes',
    () =>
      undisturbed(suite, async () => {
        const words = secrets('rotate', 'postgres-application');
        expectEnd(await coped(words, interruptedAt(/accepts the new value only/)), 130);
        expectEnd(await coped(secrets('check')), 1, /its rotation was interrupted/);
        expectEnd(await coped(words), 0, /a rotation was interrupted, and is finished now/);
        expectEnd(await coped(secrets('check')), 0);
      }),
  );
}

/** Does something under load, and says how much of that went well. */
async function undisturbed(suite: Suite, task: () => Promise<unknown>): Promise<string> {
  const scope = suite.kubectl.in(namespace);
  const site = await siteOf(suite);
  const enough = new PassThrough();
  const logins = scope.attempt(
    ['exec', '--stdin', 'deployment/web', '--container=web', '--', 'python', '-c', LOGINS],
    { input: enough, within: 300 },
  );
  const answered: string[] = [];
  try {
    await PATHS.reduceRight<() => Promise<unknown>>(
      (inner, path) => async () => {
        answered.push(await underLoad(site, path, PER_SECOND / PATHS.length, inner));
      },
      task,
    )();
  } finally {
    enough.end('\n');
    await logins;
  }
  const { code, stdout, stderr } = await logins;
  if (code !== 0) throw new Error(`a login failed: ${stderr.slice(-800)}`);
  return `${answered.join(' and ')}, ${stdout.trim()} logins`;
}

async function passwordOf(kubectl: Kubectl, secret: string): Promise<SecretValue> {
  return new StoredSecret(await kubectl.get('secret', secret)).value('password') as SecretValue;
}
