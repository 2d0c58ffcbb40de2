import { Construct } from 'constructs';
import { z } from 'zod';
import { absent, cidr, integer, type Resources, resources } from '../kubernetes/values';
import { autoscale, fixedReplicas, replicas } from '../kubernetes/availability';
import { file } from '../kubernetes/config-files';
import type { ContainerProps } from '../kubernetes/container';
import { HANGS, httpProbe } from '../kubernetes/probes';
import { type Mounted, scratch } from '../kubernetes/volumes';
import { deployment, service } from '../kubernetes/workloads';
import { APPLICATION_USER_ID, type DatabaseLogin, type DjangoConnection } from './django';
import { editable } from './live';

const PORT = 8000;
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

/** On a laptop: may also be reached past the ingress. */
export const localServerSettings = z.strictObject({
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

export const hostedServerSettings = z.strictObject({
  ...common,
  nodePort: absent('belongs to local environments: it goes past the ingress and its TLS; remove the key'),
});

export type ServerSettings = z.infer<typeof localServerSettings>;

/** Where something is served inside the cluster. */
export interface HttpBackend {
  readonly service: string;
  readonly port: number;
}

export interface DjangoServerProps extends ServerSettings {
  readonly component: 'web' | 'api';
  readonly django: DjangoConnection;
  /** This server's pods bring the database into shape themselves, where the environment wants that. */
  readonly preparesDatabase: boolean;
  readonly resilient: boolean;
  /** Serves code that is being edited, in a writable copy; absent where the code is the image's. */
  readonly live?: Mounted;
}

/** Django under gunicorn. web and api are the same image and differ in the URLs they answer. */
export class DjangoServer extends Construct {
  readonly backend: HttpBackend;

  constructor(scope: Construct, id: string, props: DjangoServerProps) {
    super(scope, id);
    const { component, django, live } = props;
    this.backend = { service: component, port: PORT };
    const { databaseOnStart } = django.settings;
    const tmp = scratch('tmp', '/tmp', '64Mi');
    const code = live && editable(django.image, '/app');
    const edited = live && code ? [code.copied, live] : [];
    const flushes = props.preparesDatabase && databaseOnStart === 'flush-and-migrate';

    const initContainers = [
      ...(code ? [code.copy] : []),
      flushes
        ? manage('flush-and-migrate', django, django.owner, tmp, props.resources)
        : manage('wait-for-schema', django, django.application, tmp, props.resources),
    ];
    const volumes = [tmp, django.application.secrets, ...(flushes ? [django.owner.secrets] : []), ...edited];

    service(this, component, { name: 'http', number: PORT, nodePort: props.nodePort?.port });
    deployment(this, {
      component,
      software: 'django',
      image: django.image,
      user: APPLICATION_USER_ID,
      replicas: fixedReplicas(props.replicas),
      resilient: props.resilient,
      startupSeconds: 900,
      drainSeconds: DRAIN,
      gracePeriod: props.linger + DRAIN + 10,
      volumes: volumes.map(({ volume }) => volume),
      initContainers,
      containers: [
        {
          name: component,
          image: django.image,
          command: gunicorn(props),
          env: django.application.env,
          envFrom: django.config,
          ports: { http: PORT },
          resources: props.resources,
          mounts: [tmp, django.application.secrets, ...edited].map(({ mount }) => mount),
          startupProbe: httpProbe('/livez', 'http', { every: 2, failures: 450 }, django.host),
          // All of them ask the same database: one slow moment of it must not take every server from the site.
          readinessProbe: httpProbe('/readyz', 'http', { every: 5, failures: 6 }, django.host),
          livenessProbe: httpProbe('/livez', 'http', HANGS, django.host),
          preStop: ['sleep', String(props.linger)],
        },
      ],
    });
    autoscale(this, component, props.replicas);
  }
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
  command: ['sh', '-euc', file('django', 'wait-for.sh') + file('django', `${script}.sh`)],
  env: login.env,
  envFrom: django.config,
  resources,
  mounts: [tmp.mount, login.secrets.mount],
});

/** @see https://docs.gunicorn.org/en/stable/settings.html */
const gunicorn = ({ component, django, live, workers, threads }: DjangoServerProps): string[] => [
  'gunicorn',
  ...(live ? noticing(component, live) : [`coped.wsgi.${component}:application`]),
  `--bind=0.0.0.0:${PORT}`,
  '--worker-class=gthread',
  `--workers=${workers}`,
  `--threads=${threads}`,
  // The heartbeat must be memory: on a slow disk it blocks, and the worker is killed as hung.
  '--worker-tmp-dir=/dev/shm',
  `--timeout=${django.settings.requestTimeout}`,
  `--graceful-timeout=${DRAIN}`,
  // Longer than the ingress keeps a connection: it must never write into one that just closed. Kept connections would lead
  // to old code for a while.
  `--keep-alive=${live ? 0 : 100}`,
  // Slow leaks end with the process.
  '--max-requests=1000',
  '--max-requests-jitter=100',
  '--no-control-socket',
  '--access-logfile=-',
];

/** The application behind live.py, which is also gunicorn's configuration. */
const noticing = (component: string, { mount }: Mounted): string[] => [
  `live:application("coped.wsgi.${component}:application")`,
  `--config=${mount.mountPath}/live.py`,
  `--pythonpath=${mount.mountPath}`,
];
