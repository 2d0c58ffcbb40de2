import { PassThrough } from 'node:stream';
import type { Kubectl } from '../../cli/cluster/kubectl';
import { serverOf } from '../../cli/secrets/rotation/server';
import { StoredSecret } from '../../cli/secrets/stored';
import type { SecretValue } from '../../lib/secrets/secret-value';
import { model } from '../hosted/environment';
import type { Model } from '../model';
import type { Site } from '../site/site';
import { allAnswered, type Load, underLoad } from '../site/steady-load';
import type { Step, Suite } from '../step';
import { coped, expectEnd } from './in-process';

/** An environment that nothing is deployed of. */
const EMPTY = 'e2e-empty';
const PER_SECOND = 50;
/** Both ask PostgreSQL, the search asks Elasticsearch as well. */
const PATHS = ['/api/search/?q=geothermal', '/'];

/** Logs in anew at both servers as Django does, again and again, until standard input ends: pages keep their connections. */
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

/** `coped secrets` where there is nothing yet. */
export const secretsFromNothing: Step = {
  name: 'coped-secrets',
  about: 'secrets made, checked, set and imported in an empty namespace',
  async run({ kubectl, report }) {
    const scope = kubectl.in(`coped-${EMPTY}`);
    const secrets = (...words: string[]) => ['secrets', EMPTY, ...words];
    const remove = () => kubectl.run(['delete', 'namespace', `coped-${EMPTY}`, '--ignore-not-found']);
    try {
      await report.check('nothing is there, and check says so', async () =>
        expectEnd(await coped(secrets('check')), 1, /django\/secret-key +is missing/),
      );
      await report.check('init makes the namespace and every secret', async () =>
        expectEnd(await coped(secrets('init')), 0, /made {2}elasticsearch-application\/password/),
      );
      await report.check('a second init changes nothing', async () => {
        const versions = await resourceVersions(scope);
        expectEnd(await coped(secrets('init')), 0, /kept {2}django\/secret-key/);
        if ((await resourceVersions(scope)) !== versions) throw new Error('it did');
      });
      await report.check('check asks for the certificates, and for nothing else', async () => {
        const ended = await coped(secrets('check', '--json'));
        const wrong = JSON.parse(ended.output).secrets.filter(
          ({ state }: { state: string }) => state !== 'fine',
        );
        const about = wrong.map(({ about }: { about: string }) => about.replace(/\/.*/, ''));
        if (![...new Set(about)].every((name) => /-tls$/.test(String(name)))) throw new Error(ended.output);
        return expectEnd(ended, 1);
      });
      await report.check('set refuses a weak value, and stores a good one', async () => {
        await scope.run(['delete', 'secret', 'postgres-backup']);
        expectEnd(
          await coped(secrets('set', 'postgres-backup'), { input: 'fake-backup-password\n' }),
          2,
          /fake/,
        );
        const ended = await coped(secrets('set', 'postgres-backup'), { input: 'Xk2vQ9dLr7TzB4mW\n' });
        return expectEnd(ended, 0, /made {2}postgres-backup\/password/);
      });
      await report.check('import takes over what is missing', async () => {
        await scope.run(['delete', 'secret', 'postgres-application']);
        const ended = await coped(secrets('import', '-'), {
          input: 'SQL_PASSWORD="Hj5nR8wYc3ZpD6kV"\nDEBUG=0\n',
        });
        return expectEnd(ended, 0, /made {2}postgres-application\/password/);
      });
    } finally {
      await remove();
    }
  },
};

const resourceVersions = (kubectl: Kubectl): Promise<string> =>
  kubectl.run(['get', 'secrets', '--output=jsonpath={.items[*].metadata.resourceVersion}']);

/** `coped secrets … rotate` while people use the site. */
export const rotationOf = (of: Model): Step => ({
  name: 'coped-secrets-rotation',
  about: `passwords changed at ${PER_SECOND} requests per second; interrupted, and finished`,
  needs: ['hosted-up'],
  async run(suite) {
    const { kubectl, report } = suite;
    const { environment, namespace } = of;
    const scope = kubectl.in(namespace);
    const secrets = (...words: string[]) => ['secrets', environment.name, ...words];
    const rotate = async (secret: string) =>
      expectEnd(await coped(secrets('rotate', secret)), 0, /rotated {2}/);

    await report.check('check finds nothing wrong', async () => expectEnd(await coped(secrets('check')), 0));
    for (const server of ['postgres', 'elasticsearch'] as const) {
      const secret = `${server}-application`;
      const old = await passwordOf(scope, secret);
      await report.check(`${secret} changes, and no request and no login fails`, () =>
        undisturbed(suite, of, () => rotate(secret)),
      );
      await report.check(`${server} accepts the new one, and no longer the old one`, async () => {
        const known = serverOf(server, scope, environment);
        const now = await known.accepts('coped_application', await passwordOf(scope, secret));
        const before = await known.accepts('coped_application', old);
        if (!now || before) throw new Error(`new: ${now}, old: ${before}`);
      });
    }
    await report.check(
      'interrupted half-way it harms nobody, check tells of it, and a second run finishes',
      () =>
        undisturbed(suite, of, async () => {
          const interruption = new AbortController();
          const heard = (text: string) => {
            if (/accepts the new one only/.test(text)) interruption.abort();
          };
          const words = secrets('rotate', 'postgres-application');
          expectEnd(await coped(words, { signal: interruption.signal, heard }), 130);
          expectEnd(await coped(secrets('check')), 1, /its rotation was interrupted/);
          expectEnd(await coped(words), 0, /a rotation was interrupted, and is finished now/);
          expectEnd(await coped(secrets('check')), 0);
        }),
    );
  },
});

export const secrets: readonly Step[] = [secretsFromNothing, rotationOf(model)];

/** Does something under load, and says how much of that went well. */
async function undisturbed(suite: Suite, of: Model, task: () => Promise<unknown>): Promise<string> {
  const scope = suite.kubectl.in(of.namespace);
  const site = await siteOf(suite, of);
  const enough = new PassThrough();
  const logins = scope.attempt(
    ['exec', '--stdin', 'deployment/web', '--container=web', '--', 'python', '-c', LOGINS],
    { input: enough, within: 300 },
  );
  const loads: Load[] = [];
  try {
    await PATHS.reduceRight<() => Promise<unknown>>(
      (inner, path) => async () => {
        loads.push(await underLoad(site, path, PER_SECOND / PATHS.length, inner));
      },
      task,
    )();
  } finally {
    enough.end('\n');
  }
  const { code, stdout, stderr } = await logins;
  const answered = loads.map(allAnswered);
  if (code !== 0) throw new Error(`a login failed: ${stderr.slice(-800)}`);
  return `${answered.join(' and ')}, ${stdout.trim()} logins`;
}

async function siteOf({ kubectl, settings }: Suite, { environment, namespace }: Model): Promise<Site> {
  const secret = await kubectl.in(namespace).get('secret', environment.certificates?.ingressSecret ?? '');
  const authority = Buffer.from(secret.data['ca.crt'], 'base64').toString();
  return { address: settings.secureIngress, host: environment.host, authority };
}

async function passwordOf(kubectl: Kubectl, secret: string): Promise<SecretValue> {
  return new StoredSecret(await kubectl.get('secret', secret)).value('password') as SecretValue;
}
