import { withheldText } from '../../../checker/secrets/withhold';
import { speaksHttps } from '../../../lib/components/elasticsearch/clients';
import type { Environment } from '../../../lib/environments/environment';
import type { Kubectl } from '../../cluster/kubectl';
import { isReady } from '../../cluster/readiness';
import { CliError } from '../../terminal/errors';
import { standardInput } from '../stored-secret';
import type { Server } from './server';

const CERTIFICATES = '/usr/share/elasticsearch/config/certs';
const [OK, UNAUTHORIZED] = ['200', '401'];

interface Call {
  readonly user: string;
  readonly password: string;
  readonly path: string;
  readonly json?: object;
}

export function elasticsearchServer(
  kubectl: Kubectl,
  { name, certificates, elasticsearch }: Environment,
): Server {
  const base = `${speaksHttps(certificates, elasticsearch) ? 'https' : 'http'}://localhost:9200`;
  const ask = async (input: string) => {
    const pod = await readyPod(kubectl, name);
    const { stdout, stderr } = await kubectl.attempt(
      ['exec', '--stdin', pod, '--container=elasticsearch', '--', 'curl', '--config', '-'],
      { input },
    );
    const [status = '', ...body] = stdout.split('\n').reverse();
    return { status: status.trim(), why: stderr.trim() || body.reverse().join(' ') };
  };
  return {
    async accepts(user, password) {
      const { status, why } = await ask(
        standardInput([password], (text) =>
          config(base, { user, password: text, path: '/_security/_authenticate' }),
        ),
      );
      if (status === OK) return true;
      if (status === UNAUTHORIZED) return false;
      throw failed(name, status, why);
    },
    async change(user, to, superuser) {
      const path = `/_security/user/${user}/_password`;
      const input = standardInput([superuser.password, to], (own, text) =>
        config(base, { user: superuser.user, password: own, path, json: { password: text } }),
      );
      const { status, why } = await ask(input);
      if (status !== OK) throw failed(name, status, why);
    },
  };
}

/** The options of curl, on its standard input: https://curl.se/docs/manpage.html#-K */
function config(base: string, { user, password, path, json }: Call): string {
  const lines = {
    url: base + path,
    user: `${user}:${password}`,
    ...(base.startsWith('https') && { cacert: `${CERTIFICATES}/ca.crt` }),
    ...(json && { request: 'POST', header: 'Content-Type: application/json', data: JSON.stringify(json) }),
    'max-time': '30',
    'write-out': '\\n%{http_code}',
  };
  const quoted = ([name, value]: [string, string]) =>
    `${name} = "${name === 'write-out' ? value : value.replaceAll(/[\\"]/g, '\\$&')}"`;
  return ['silent', 'show-error', ...Object.entries(lines).map(quoted)].join('\n');
}

async function readyPod(kubectl: Kubectl, environment: string): Promise<string> {
  const pods = await kubectl.list('pods', '--selector=app.kubernetes.io/component=elasticsearch');
  const pod = pods.find(isReady);
  if (pod) return pod.metadata.name;
  throw failed(environment, '', 'no pod is ready');
}

const failed = (environment: string, status: string, why: string): CliError =>
  new CliError(
    `Elasticsearch has failed: ${[status, withheldText(why)].filter(Boolean).join(' ').slice(0, 300)}`,
    `See \`npx coped status ${environment}\`; when Elasticsearch is ready, run it again: it continues where it stopped`,
  );
