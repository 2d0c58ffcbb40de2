import { randomBytes } from 'node:crypto';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import type { Site } from '../site/site';
import type { Suite } from '../step';
import { certificates, HOST, model } from './environment';

/** The site over HTTPS, with the authority that signed its certificate. */
export async function siteOf({ kubectl, settings }: Suite): Promise<Site> {
  const { data } = await kubectl.in(model.namespace).get('secret', certificates.ingressSecret);
  const authority = Buffer.from(data?.['ca.crt'] ?? '', 'base64').toString();
  return { address: settings.secureIngress, host: HOST, authority };
}

/** Django reads the password from the environment; it gets there through standard input, past every process list. */
const CREATE = `
read -r DJANGO_SUPERUSER_PASSWORD
export DJANGO_SUPERUSER_PASSWORD
python manage.py createsuperuser --noinput --username "$1" --email "$1@example.org"
`;

/** Makes a user who may do everything, and returns the header that proves to be that user. */
export async function createUser(kubectl: Kubectl): Promise<Record<string, string>> {
  const name = `e2e-${Date.now().toString(36)}`;
  const password = randomBytes(16).toString('hex');
  const target = ['deployment/web', '--container=web'];
  await kubectl.run(['exec', '--stdin', ...target, '--', 'sh', '-euc', CREATE, 'create', name], {
    input: `${password}\n`,
  });
  return credentials(name, password);
}

export const credentials = (name: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

/** Asks Elasticsearch from inside one of its pods, as its superuser; the password stays there. */
export const askElasticsearch = (kubectl: Kubectl, path: string): Promise<string> =>
  kubectl.run([
    'exec',
    'elasticsearch-0',
    '--container=elasticsearch',
    '--',
    'sh',
    '-euc',
    CURL,
    'ask',
    path,
  ]);

const CURL = `
printf 'user = "elastic:%s"' "$(cat /credentials/superuser-password)" |
  curl --config - --silent --show-error --fail-with-body --max-time 20 \\
    --cacert /usr/share/elasticsearch/config/certs/ca.crt "https://localhost:9200$1"
`;
