import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import type { PassThrough } from 'node:stream';
import { templateOf } from '../../../cli/cluster/api-object';
import { environmentNamed } from '../../../cli/cluster/environment';
import { accountOf, keysOf, type ServerName } from '../../../cli/secrets/keys';
import type { World } from '../../../cli/world';
import { environments } from '../../../lib/environments';
import { manifestsOf, named } from '../../support';
import { FakeCluster, settled } from '../fake-cluster';
import { type Given, type Stored, stored } from '../fake-object';
import { type Answer, type Call, fakeWorldOf } from '../fake-world';

type Values = Readonly<Record<string, string>>;

const ROTATED = ['password', 'previous-password'];

/** Production's secrets. */
export const keys = keysOf(environmentNamed({ environments }, 'production'));

/** A cluster with namespaces only, or with servers that accept the passwords of its Secrets, and pods that read them. */
export class SecretsCluster extends FakeCluster {
  /** What the servers accept: PostgreSQL stores a verifier, Elasticsearch the password. */
  readonly servers: Record<ServerName, Record<string, string>> = { postgres: {}, elasticsearch: {} };
  /** Pod → its files, `secret/key` → value. They follow the Secrets only when the kubelet looks. */
  private readonly files = new Map<string, Record<string, string>>();
  /** What Elasticsearch speaks. */
  private scheme = 'https';
  readonly restarts: Record<string, number> = { web: 0, api: 0 };

  constructor() {
    super(namespace('coped-production'), namespace('coped-staging'));
    this.when(/^annotate pod (\S+)/, (_, pod) => this.refresh(this.get('Pod', pod)))
      .when(/^patch deployment (\S+) --patch=(.*)/, (_, name = '', patch = '') => this.restart(name, patch))
      .when(/^exec --stdin (\S+) .*coped\.credentials (\S+)/, ({ options }, pod = '', setting = '') => ({
        code: this.files.get(pod)?.[fileOf(setting)] === options.input ? 0 : 3,
      }))
      .when(/^exec .* psql (\S+)$/s, ({ options }, user = '') => this.psql(user, String(options.input)))
      .when(/ --output=custom-columns/, '')
      .when(/^exec .* curl /, ({ options }) => this.curl(String(options.input)));
  }

  /** @param of what it runs */
  static complete(of = named('production')): SecretsCluster {
    const cluster = new SecretsCluster();
    const manifests = manifestsOf(of);
    if (JSON.stringify(manifests).includes('http.ssl.enabled: false')) cluster.scheme = 'http';
    for (const [i, key] of keysOf(environmentNamed({ environments: [of] }, 'production')).entries()) {
      cluster.put(key.secret, { [key.key]: goodValue(i) });
      const account = accountOf(key);
      if (account) cluster.servers[account.server][account.user] = goodValue(i);
    }
    for (const workload of manifests.filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind))) {
      const { name } = workload.metadata;
      cluster.add({ ...workload, metadata: { name, generation: 1 }, status: settled(workload) });
      cluster.add(podOf(workload, `${name}-0`));
      if (/^(web|api)$/.test(name)) cluster.refresh(cluster.get('Pod', `${name}-0`));
    }
    return cluster;
  }

  put(name: string, values: Values, annotations: Values = {}): void {
    const data = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    );
    this.version += 1;
    const metadata = { name, annotations, resourceVersion: String(this.version) };
    this.remove('Secret', name).add({ kind: 'Secret', metadata, data });
  }

  get secrets(): Stored[] {
    return this.objects.filter(({ kind }) => kind === 'Secret');
  }

  /** Names and values, to be compared. */
  get values(): Record<string, Values> {
    const decoded = ({ data }: Stored) =>
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
    return Object.fromEntries(
      this.secrets.map((secret) => [secret.metadata.name, Object.fromEntries(decoded(secret))]),
    );
  }

  value(name: string, key = 'password'): string | undefined {
    return this.values[name]?.[key];
  }

  accepts(server: ServerName, user: string, password: string): boolean {
    const known = this.servers[server][user] ?? '';
    return known.startsWith('SCRAM') ? known === verifier(password, known) : known === password;
  }

  /** Pods that cannot log in to a server now, or that reject what another pod has signed. */
  get lockedOut(): string[] {
    const pods = [...this.files];
    return pods.flatMap(([name, files]) => {
      const login = (['postgres', 'elasticsearch'] as const).every((server) =>
        ROTATED.some((key) => {
          const password = files[`${server}-application/${key}`];
          return password !== undefined && this.accepts(server, 'coped_application', password);
        }),
      );
      const known = Object.values(files);
      const signed = pods.every(([, signer]) => known.includes(signer['django/secret-key'] ?? '?'));
      return login && signed ? [] : [name];
    });
  }

  /** The kubelet looks. */
  private refresh({ metadata, spec }: Stored): undefined {
    const files: Record<string, string> = {};
    for (const { projected } of spec.volumes) {
      for (const { secret } of projected?.sources ?? []) {
        for (const { key } of secret?.items ?? []) {
          const value = this.value(secret?.name ?? '', key);
          if (value !== undefined) files[`${secret?.name}/${key}`] = value;
        }
      }
    }
    this.files.set(metadata.name, files);
  }

  private restart(name: string, patch: string): undefined {
    const { metadata } = this.get('Deployment', name).spec.template;
    const annotations = Object.entries(JSON.parse(patch).spec.template.metadata.annotations);
    if (annotations.every(([key, value]) => metadata.annotations?.[key] === value)) return;
    this.restarts[name] = (this.restarts[name] ?? 0) + 1;
    this.refresh(this.get('Pod', `${name}-0`));
  }

  private psql(user: string, input: string) {
    const [password = '', statement = ''] = input.split('\n');
    if (!this.accepts('postgres', user, password)) {
      return { code: 2, stderr: `psql: error: FATAL:  password authentication failed for user "${user}"` };
    }
    const [, role, stored] = /^ALTER ROLE (\w+) PASSWORD '([^']+)';$/.exec(statement) ?? [];
    if (role && stored) this.servers.postgres[role] = stored;
    return { code: 0 };
  }

  private curl(input: string) {
    const field = (name: string) =>
      new RegExp(`^${name} = "(.*)"$`, 'm').exec(input)?.[1]?.replaceAll(/\\(.)/g, '$1');
    if (!field('url')?.startsWith(`${this.scheme}:`))
      return { code: 35, stderr: 'curl: (35) wrong version number' };
    const [user = '', password = ''] = field('user')?.split(':') ?? [];
    if (!this.accepts('elasticsearch', user, password)) return { stdout: '{}\n401' };
    const changed = /user\/(\w+)\/_password$/.exec(field('url') ?? '')?.[1];
    if (changed) this.servers.elasticsearch[changed] = JSON.parse(field('data') ?? '').password;
    return { stdout: '{}\n200' };
  }
}

/** Runs `coped secrets`, with something on standard input. */
export async function secrets(
  answer: Answer,
  words: readonly string[],
  input?: string,
  among: World['environments'] = environments,
) {
  const world = fakeWorldOf(among, answer);
  if (input !== undefined) (world.terminal.input as PassThrough).end(input);
  const code = await world.coped('secrets', ...words);
  const arguments_ = world.calls.map(({ args }) => args.join(' '));
  const [output, errors] = [world.output(), world.errors()];
  return { code, output, errors, calls: world.calls, shown: [output, errors, ...arguments_].join('\n') };
}

/** Calls that are about the right to change an environment, or that only find the cluster. */
export const isAside = ({ line, options }: Call): boolean =>
  /^config|^get lease|^get namespace/.test(line) || /"kind":"Lease"/.test(String(options.input));

const namespace = (name: string): Given => ({ kind: 'Namespace', metadata: { name }, spec: {} });

/** A pod as a workload of production makes it. */
export function podOf(workload: Given, name: string): Stored {
  const { metadata, spec } = templateOf(workload);
  return stored({ kind: 'Pod', metadata: { ...metadata, name }, spec, status: settled({ kind: 'Pod' }) });
}

/** The file of a setting of Django. */
const fileOf = (setting: string): string =>
  setting === 'SECRET_KEY'
    ? 'django/secret-key'
    : `${setting === 'SQL_PASSWORD' ? 'postgres' : 'elasticsearch'}-application/password`;

/** What PostgreSQL would store of a password, with the salt of a verifier that it has: RFC 5802, written down again. */
function verifier(password: string, known: string): string {
  const [, iterations = '', salt = ''] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(known) ?? [];
  const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256');
  const sign = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(sign('Client Key')).digest();
  return `SCRAM-SHA-256$${iterations}:${salt}$${stored.toString('base64')}:${sign('Server Key').toString('base64')}`;
}

export const goodValue = (i: number): string => createHash('sha256').update(`secret ${i}`).digest('hex');
