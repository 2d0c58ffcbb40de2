import { z } from 'zod';
import { autoscale, fixedReplicas, replicas } from '../../kubernetes/availability';
import { file } from '../../kubernetes/config-files';
import type { ContainerProps } from '../../kubernetes/container';
import { HANGS, httpProbe, startsWithin } from '../../kubernetes/probes';
import { absent, cidr, integer, type Resources, resources } from '../../kubernetes/values';
import { type Mounted, scratch } from '../../kubernetes/volumes';
import { deployment, service } from '../../kubernetes/workloads';
import type { Given } from '../component';
import {
  APPLICATION_USER_ID,
  type DatabaseLogin,
  type DjangoConnection,
  django as djangoComponent,
} from './django';
import { editable } from './editable';

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

type ServerSettings = z.infer<typeof local> | z.infer<typeof hosted>;

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
  const { databaseOnStart } = django.settings;
  const tmp = scratch('tmp', '/tmp', '64Mi');
  const code = django.live && editable(django.image, '/app');
  const edited = django.live && code ? [code.copied, django.live] : [];
  const flushes = preparesDatabase && databaseOnStart === 'flush-and-migrate';

  const initContainers = [
    ...(code ? [code.copy] : []),
    flushes
      ? manage('flush-and-migrate', django, django.owner, tmp, settings.resources)
      : manage('wait-for-schema', django, django.application, tmp, settings.resources),
  ];
  const volumes = [tmp, django.application.secrets, ...(flushes ? [django.owner.secrets] : []), ...edited];

  service(scope, component, { name: 'http', number: ports.http, nodePort: settings.nodePort?.port });
  deployment(scope, {
    ...identity,
    user: APPLICATION_USER_ID,
    replicas: fixedReplicas(settings.replicas),
    resilient: environment.resilient,
    gracePeriod: settings.linger + DRAIN + 10,
    volumes: volumes.map(({ volume }) => volume),
    initContainers,
    containers: [
      {
        name: component,
        image: django.image,
        command: gunicorn(component, django, settings),
        env: django.application.env,
        envFrom: django.config,
        ports,
        resources: settings.resources,
        mounts: [tmp, django.application.secrets, ...edited].map(({ mount }) => mount),
        startupProbe: httpProbe('/livez', 'http', startsWithin(900, 2), django.host),
        // All of them ask the same database: one slow moment of it must not take every server from the site.
        readinessProbe: httpProbe('/readyz', 'http', { every: 5, failures: 6 }, django.host),
        livenessProbe: httpProbe('/livez', 'http', HANGS, django.host),
        preStop: ['sleep', String(settings.linger)],
      },
    ],
  });
  autoscale(scope, component, settings.replicas);
  return { service: component, port: ports.http };
}

/** A container that runs one of the scripts in `django/` before the server starts. */
const manage = (
  script: 'flush-and-migrate' | 'wait-for-schema',
  django: DjangoConnection,
  login: DatabaseLogin,
  tmp: Mounted,
  resources: Resources,
): ContainerProps => ({
  name: script,
  image: django.image,
  command: ['sh', '-euc', file(__dirname, 'wait-for.sh') + file(__dirname, `${script}.sh`)],
  env: login.env,
  envFrom: django.config,
  resources,
  mounts: [tmp.mount, login.secrets.mount],
});

/** @see https://docs.gunicorn.org/en/stable/settings.html */
const gunicorn = (
  component: string,
  { live, settings }: DjangoConnection,
  { workers, threads }: ServerSettings,
): string[] => [
  'gunicorn',
  ...(live ? noticing(component, live) : [`coped.wsgi.${component}:application`]),
  `--bind=0.0.0.0:${serverPorts.http}`,
  '--worker-class=gthread',
  `--workers=${workers}`,
  `--threads=${threads}`,
  // The heartbeat must be memory: on a slow disk it blocks, and the worker is killed as hung.
  '--worker-tmp-dir=/dev/shm',
  `--timeout=${settings.requestTimeout}`,
  `--graceful-timeout=${DRAIN}`,
  // Longer than the ingress keeps a connection: it must never write into one that just closed. Kept connections would lead
  // to old code for a while.
  `--keep-alive=${live ? 0 : 100}`,
  // Slow leaks end with the process; spread, so that processes that started together do not end together.
  '--max-requests=1000',
  '--max-requests-jitter=1000',
  '--no-control-socket',
  '--access-logfile=-',
];

/** The application behind live.py, which is also gunicorn's configuration. */
const noticing = (component: string, { mount }: Mounted): string[] => [
  `live:application("coped.wsgi.${component}:application")`,
  `--config=${mount.mountPath}/live.py`,
  `--pythonpath=${mount.mountPath}`,
];
