import { z } from 'zod';
import type { Server } from '../../application';
import { autoscale, fixedReplicas, replicas } from '../../kubernetes/availability';
import type { ContainerProps } from '../../kubernetes/container';
import { HANGS, httpProbe, type ProbeTiming, startsWithin, tcpProbe } from '../../kubernetes/probes';
import { absent, cidr, integer, type Resources, resources } from '../../kubernetes/values';
import { type Mounted, scratch } from '../../kubernetes/volumes';
import { deployment, service } from '../../kubernetes/workloads';
import type { Given } from '../component';
import { type DatabaseLogin, type DjangoConnection, django as djangoComponent } from './django';
import { editable } from './editable';
import { type Script, script, started } from './scripts/scripts';

/** Where gunicorn listens. */
export const serverPorts = { http: 8000 };
/** Seconds in which it finishes the requests that it has. */
const DRAIN = 30;

const common = {
  replicas,
  /** Processes per pod. Scale pods rather than processes. */
  workers: integer(1, 16).default(2),
  /** Requests that one process works on at once; each may hold a database connection. */
  threads: integer(1, 32).default(4),
  /** Seconds for which a pod that must go still serves, until the ingress has noticed, on a busy machine too: gunicorn refuses new connections at once. */
  linger: integer(1, 60).default(15),
  resources: resources({ cpu: '250m', memory: '384Mi', memoryLimit: '768Mi' }),
};

const local = z.strictObject({
  ...common,
  nodePort: z
    .strictObject({
      /** Port of every node that leads to this server. */
      port: integer(30000, 32767),
      /** Addresses that a laptop's cluster gives its nodes, and so the sources of this traffic. */
      clients: z.array(cidr).min(1),
    })
    .optional(),
});

const hosted = z.strictObject({
  ...common,
  nodePort: absent('belongs to local environments: it goes past the ingress and its TLS; remove the key'),
});

/** On a laptop a server may also be reached past the ingress. */
export const serverSettings = { local, hosted };

/** Where something is served inside the cluster. */
export interface HttpBackend {
  readonly service: string;
  readonly port: number;
}

/**
 * Django under gunicorn. web and api run the same image and differ in the URLs they answer.
 *
 * @param preparesDatabase its pods migrate the database before they start, where the environment wants that
 */
export function djangoServer(
  component: 'web' | 'api',
  {
    scope,
    identity,
    settings,
    ports,
    environment,
    use,
  }: Given<typeof serverSettings, object, typeof serverPorts>,
  preparesDatabase: boolean,
): HttpBackend {
  const django = use(djangoComponent);
  const { application } = environment;
  // Without a server of its own, the API is answered by web.
  const server = application[component] ?? application.web;
  const { databaseOnStart } = django.settings;
  const tmp = scratch('tmp', '/tmp', '64Mi');
  const code = django.live && editable(django.image, django.live.code);
  const edited = django.live && code ? [code.copied, django.live.script] : [];
  const flushes = preparesDatabase && databaseOnStart === 'flush-and-migrate';

  const initContainers = [
    ...(code ? [code.copy] : []),
    flushes
      ? prepare('flush-and-migrate', django, django.owner, tmp, settings.resources)
      : prepare('wait-for-schema', django, django.application, tmp, settings.resources),
  ];
  const volumes = [tmp, django.application.secrets, ...(flushes ? [django.owner.secrets] : []), ...edited];

  service(scope, component, { name: 'http', number: ports.http, nodePort: settings.nodePort?.port });
  deployment(scope, {
    ...identity,
    user: application.user,
    replicas: fixedReplicas(settings.replicas),
    resilient: environment.resilient,
    gracePeriod: settings.linger + DRAIN + 10,
    volumes: volumes.map(({ volume }) => volume),
    initContainers,
    containers: [
      {
        name: component,
        image: django.image,
        command: started(
          server.command({
            workers: settings.workers,
            threads: settings.threads,
            port: ports.http,
            timeout: django.settings.requestTimeout,
            drain: DRAIN,
            live: django.live?.script.mount.mountPath,
            alone: !environment.components.includes('api'),
          }),
          application,
        ),
        env: django.application.env,
        envFrom: django.config,
        ports,
        resources: settings.resources,
        mounts: [tmp, django.application.secrets, ...edited].map(({ mount }) => mount),
        startupProbe: probe(server.live, startsWithin(900, 2), django.host),
        // All of them ask the same database: one slow moment of it must not take every server from the site.
        readinessProbe: probe(server.ready, { every: 5, failures: 6 }, django.host),
        livenessProbe: probe(server.live, HANGS, django.host),
        preStop: ['sleep', String(settings.linger)],
      },
    ],
  });
  autoscale(scope, component, settings.replicas);
  return { service: component, port: ports.http };
}

const probe = (path: Server['live'], when: ProbeTiming, host: string) =>
  path === 'port' ? tcpProbe('http', when) : httpProbe(path, 'http', when, host);

/** A container that runs one of the scripts in `django/` before the server starts. */
export const prepare = (
  name: Script,
  django: DjangoConnection,
  login: DatabaseLogin,
  tmp: Mounted,
  resources: Resources,
): ContainerProps => ({
  ...program(django, login, script(name, django.program, django.servers), tmp),
  name,
  resources,
});

/** What every container has that runs the application: its image and environment, and the secrets of one login. */
export const program = (
  django: DjangoConnection,
  login: DatabaseLogin,
  command: readonly string[],
  tmp: Mounted,
): Omit<ContainerProps, 'name' | 'resources'> => ({
  image: django.image,
  command: started(command, django.program),
  env: login.env,
  envFrom: django.config,
  mounts: [tmp.mount, login.secrets.mount],
});
