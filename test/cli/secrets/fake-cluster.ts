import { createHash } from 'node:crypto';
import type { ApiObject } from '../../../cli/cluster/kubectl';
import { secrets } from '../../../lib/components/secrets';
import type { Answer, Call } from '../fake-world';
import { deployment, type FakePod, podObject, SERVER, verifier } from './fake-objects';

export type { FakePod };

/** Calls that are about the right to change an environment, and not about its secrets. */
export const aboutLease = ({ line, options }: Call): boolean =>
  /^get lease/.test(line) || /"kind":"Lease"/.test(String(options.input));

/** As much of a cluster with COPED in it as the secrets of an environment touch. */
export class FakeCluster {
  namespace = true;
  founded = true;
  readonly secrets = new Map<string, ApiObject>();
  readonly pods: FakePod[] = [
    { name: 'web-1', component: 'web', mounts: SERVER },
    { name: 'api-1', component: 'api', mounts: SERVER },
    { name: 'postgres-0', component: 'postgres', mounts: { 'postgres-superuser': ['password'] } },
  ];
  /** What the servers accept: PostgreSQL keeps a verifier, Elasticsearch the password. */
  readonly servers: Record<string, Record<string, string>> = { postgres: {}, elasticsearch: {} };
  /** Template annotations and how often the pods were made anew. */
  readonly deployments: Record<string, { annotations: Record<string, string>; restarts: number }> = {
    web: { annotations: {}, restarts: 0 },
    api: { annotations: {}, restarts: 0 },
  };
  private version = 1;

  /** With every secret in it, and servers that know them. */
  static complete(): FakeCluster {
    const cluster = new FakeCluster();
    for (const [i, { secret, key }] of Object.values(secrets).entries()) {
      cluster.put(secret, { [key]: goodValue(i) });
    }
    const password = (secret: string) => cluster.value(secret, 'password') ?? '';
    cluster.servers.postgres = {
      postgres: password('postgres-superuser'),
      coped_owner: password('postgres-owner'),
      coped_application: password('postgres-application'),
      coped_readonly: password('postgres-readonly'),
      coped_backup: password('postgres-backup'),
    };
    cluster.servers.elasticsearch = {
      elastic: password('elasticsearch-superuser'),
      coped_application: password('elasticsearch-application'),
    };
    for (const pod of cluster.pods) cluster.refresh(pod);
    return cluster;
  }

  put(name: string, values: Record<string, string>, annotations = {}): void {
    const data = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    );
    this.store({ kind: 'Secret', metadata: { name, annotations }, data });
  }

  value(name: string, key: string): string | undefined {
    const data = this.secrets.get(name)?.data[key];
    return data === undefined ? undefined : Buffer.from(data, 'base64').toString();
  }

  /** The kubelet looks. */
  refresh(pod: FakePod): void {
    pod.files = {};
    for (const [secret, keys] of Object.entries(pod.mounts)) {
      for (const key of keys) {
        const value = this.value(secret, key);
        if (value !== undefined) pod.files[`${secret}/${key}`] = value;
      }
    }
  }

  accepts(server: string, user: string, password: string): boolean {
    const known = this.servers[server]?.[user] ?? '';
    return known.startsWith('SCRAM') ? known === verifier(password, known) : known === password;
  }

  private store(object: ApiObject): ApiObject {
    const stored = structuredClone(object);
    stored.metadata.resourceVersion = String(++this.version);
    stored.metadata = JSON.parse(JSON.stringify(stored.metadata));
    this.secrets.set(stored.metadata.name, stored);
    return stored;
  }

  readonly answer: Answer = (call) => {
    const { args } = call;
    const words = args.filter((arg) => !/^--(context|namespace|output|ignore|selector)/.test(arg));
    const [verb, what, name = ''] = words;
    if (verb === 'get' && what === 'namespace' && args.includes('--output=name'))
      return this.namespace ? `namespace/${name}` : '';
    if (verb === 'apply') {
      this.namespace = true;
      return 'applied';
    }
    if (verb === 'get' && what === 'secrets' && words.length > 2) return '';
    if (verb === 'get' && what === 'secrets') return { items: [...this.secrets.values()] };
    if (verb === 'get' && what === 'secret') return this.secrets.get(name) ?? '';
    if (verb === 'get' && what === 'lease') return this.lease ?? '';
    if (verb === 'get' && what === 'statefulsets') {
      return this.founded ? 'statefulset.apps/postgres\nstatefulset.apps/elasticsearch\n' : '';
    }
    if (verb === 'get' && what === 'pods') return { items: this.pods.map(podObject) };
    if (verb === 'get' && what === 'deployments')
      return { items: Object.keys(this.deployments).map(deployment) };
    if (verb === 'get' && what === 'deployment') return deployment(name);
    if (verb === 'get' && what?.startsWith('certificates')) return { items: [] };
    if (verb === 'patch') return this.patch(name, call);
    if (verb === 'annotate') return this.annotate(name);
    if (verb === 'create' || verb === 'replace') return this.write(verb, call);
    if (verb === 'exec') return this.exec(call);
    return undefined;
  };

  /** Who has the right to change the environment. */
  lease: ApiObject;

  private write(verb: string, { options }: Call) {
    const object = JSON.parse(String(options.input));
    if (object.kind === 'Lease') {
      this.lease = object;
      return object;
    }
    const { name, resourceVersion } = object.metadata;
    const before = this.secrets.get(name);
    if (verb === 'create' && before) return { code: 1, stderr: 'Error (AlreadyExists): exists' };
    if (verb === 'replace' && before?.metadata.resourceVersion !== resourceVersion) {
      return { code: 1, stderr: 'Error (Conflict): modified' };
    }
    return this.store(object);
  }

  private annotate(name: string) {
    const pod = this.pods.find((one) => one.name === name);
    if (pod) this.refresh(pod);
    return 'annotated';
  }

  private patch(name: string, { args }: Call) {
    const patch = JSON.parse(args.find((arg) => arg.startsWith('--patch='))?.slice(8) ?? '');
    const { annotations } = patch.spec.template.metadata;
    const target = this.deployments[name];
    if (target && JSON.stringify(target.annotations) !== JSON.stringify(annotations)) {
      target.annotations = annotations;
      target.restarts += 1;
      for (const pod of this.pods) if (pod.component === name) this.refresh(pod);
    }
    return 'patched';
  }

  private exec({ args, options, line }: Call) {
    const input = String(options.input);
    const at = args.indexOf('--stdin') + 1;
    const pod = this.pods.find(({ name }) => name === args[at]);
    if (line.includes('coped.credentials')) {
      if (!pod || pod.old) return { code: 1, stderr: 'No module named coped.credentials' };
      const setting = args.at(-1);
      const secret =
        setting === 'SECRET_KEY'
          ? 'django/secret-key'
          : setting === 'SQL_PASSWORD'
            ? `${Object.keys(pod.mounts).find((one) => /^postgres/.test(one))}/password`
            : 'elasticsearch-application/password';
      return { code: pod.files?.[secret] === input ? 0 : 3 };
    }
    if (line.includes('psql')) return this.psql(args.at(-1) ?? '', input);
    if (line.includes('curl')) return this.curl(input);
    return undefined;
  }

  private psql(user: string, input: string) {
    const [password = '', statement = ''] = input.split('\n');
    if (!this.accepts('postgres', user, password)) {
      return { code: 2, stderr: `psql: error: FATAL:  password authentication failed for user "${user}"` };
    }
    const [, role, made] = /^ALTER ROLE (\w+) PASSWORD '([^']+)';$/.exec(statement) ?? [];
    if (role && made) this.servers.postgres = { ...this.servers.postgres, [role]: made };
    return { code: 0 };
  }

  private curl(input: string) {
    const field = (name: string) =>
      new RegExp(`^${name} = "(.*)"$`, 'm').exec(input)?.[1]?.replaceAll(/\\(.)/g, '$1');
    const [user = '', password = ''] = field('user')?.split(':') ?? [];
    if (!this.accepts('elasticsearch', user, password)) return { stdout: '{}\n401' };
    const changed = /user\/(\w+)\/_password$/.exec(field('url') ?? '')?.[1];
    if (changed) {
      const { password: to } = JSON.parse(field('data') ?? '{}');
      this.servers.elasticsearch = { ...this.servers.elasticsearch, [changed]: to };
    }
    return { stdout: '{}\n200' };
  }
}

export const goodValue = (i: number): string => createHash('sha256').update(`secret ${i}`).digest('hex');
