import { z } from 'zod';
import { quantity } from '../../formats/quantity';
import { HANGS, httpProbe, startsWithin } from '../kubernetes/probes';
import { annotations, bytes, integer, resources } from '../kubernetes/values';
import { scratch } from '../kubernetes/volumes';
import { deployment, service } from '../kubernetes/workloads';
import { component, everywhere } from './component';
import { api } from './django/api';
import { django } from './django/django';
import { editable } from './django/editable';
import { web } from './django/web';

/** User of the image. */
const USER = 10001;
/** Where the image has its notebooks. */
const NOTEBOOKS = '/notebooks';
/** A file that Voilà serves without starting a kernel. A probe of a notebook would start one every few seconds. */
const PROBED = 'voila/templates/base/static/require.min.js';
/** Routes of the other components. */
const TAKEN = /^\/(api|static|metabase)\//;

/** MiB that Voilà itself takes. */
const SERVER_MEMORY = 256;
const mebibytes = (memory: string): number => (quantity(memory) ?? 0) / 1024 ** 2;

const settings = z
  .strictObject({
    replicas: integer(1, 20),
    /** Path below which they are served; another where the application has a page of this name. */
    path: z
      .string()
      .regex(/^(\/[a-z0-9][a-z0-9._-]*)+\/$/, {
        error: 'is not a path; write one or more words between slashes, e.g. "/dashboards/"',
      })
      .refine((path) => !TAKEN.test(path), {
        error: 'is the path of another component; write another, e.g. "/dashboards/"',
      })
      .default('/dashboards/'),
    /** Seconds without activity after which a notebook's kernel is ended. */
    cullIdleAfter: integer(180, 86400),
    /** Seconds that one cell may take before it is interrupted. */
    cellTimeout: integer(5, 3600).default(120),
    /**
     * Most memory of one open notebook: about 150 MiB is usual. What needs more fails alone, and says so; when less than
     * that is left in a pod, the next visitor is asked to come back in a few minutes.
     */
    kernelMemory: bytes.default('512Mi'),
    /** Seconds for which a pod that must go still serves, until the ingress has noticed. */
    linger: integer(1, 15).default(10),
    /** Annotations of the Service, e.g. the ingress controller's way to keep a browser with its pod. */
    serviceAnnotations: annotations.default({}),
    /** Memory is for the server and every open notebook. */
    resources: resources({ cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' }),
  })
  .check((ctx) => {
    const { cellTimeout, cullIdleAfter, kernelMemory, resources } = ctx.value;
    const needed = SERVER_MEMORY + mebibytes(kernelMemory);
    if (needed > mebibytes(resources.memoryLimit)) {
      const message = `leaves no memory for a notebook: Voilà itself needs ${SERVER_MEMORY}Mi, and one notebook kernelMemory ${kernelMemory}; write at least ${needed}Mi, or lower kernelMemory`;
      ctx.issues.push({
        code: 'custom',
        path: ['resources', 'memoryLimit'],
        message,
        input: resources.memoryLimit,
      });
    }
    if (cellTimeout >= cullIdleAfter) {
      const message = `is not below cullIdleAfter (${cullIdleAfter}): a kernel would be ended while it works; lower it`;
      ctx.issues.push({ code: 'custom', path: ['cellTimeout'], message, input: cellTimeout });
    }
  });

/** Voilà: notebooks as pages. They read data through the API and never see the database. */
export const dashboards = component({
  name: 'dashboards',
  tier: 'web',
  software: 'voila',
  image: { folder: 'dashboards', edited: 'notebooks', code: NOTEBOOKS },
  ports: { http: 8866 },
  settings: everywhere(settings.optional()),
  build({ scope, identity, settings, image, ports, environment, use }) {
    const server = use(api) ?? use(web);
    const probed = settings.path + PROBED;
    // Everything that Jupyter writes: runtime files, and the caches of plotting libraries.
    const tmp = scratch('tmp', '/tmp', '256Mi');
    const notebooks = use(django).settings.reload ? editable(image, NOTEBOOKS) : undefined;
    const volumes = [tmp, ...(notebooks ? [notebooks.copied] : [])];

    service(scope, 'dashboards', { name: 'http', number: ports.http }, settings.serviceAnnotations);
    deployment(scope, {
      ...identity,
      user: USER,
      replicas: settings.replicas,
      resilient: environment.resilient,
      // Kernels end with their server; a page that is being rendered is asked for again.
      gracePeriod: settings.linger + 20,
      volumes: volumes.map(({ volume }) => volume),
      initContainers: notebooks && [notebooks.copy],
      containers: [
        {
          name: 'dashboards',
          image,
          command: voila(settings, ports.http),
          env: {
            KERNEL_MEMORY_KIB: String(mebibytes(settings.kernelMemory) * 1024),
            API_URL: `http://${server.service}:${server.port}/api/`,
          },
          ports,
          resources: settings.resources,
          ephemeralStorage: '512Mi',
          mounts: volumes.map(({ mount }) => mount),
          startupProbe: httpProbe(probed, 'http', startsWithin(900, 2)),
          readinessProbe: httpProbe(probed, 'http', { every: 5, failures: 6 }),
          // The server may stall while it renders; only a long silence is death.
          livenessProbe: httpProbe(probed, 'http', HANGS),
          preStop: ['sleep', String(settings.linger)],
        },
      ],
    });
    return { service: 'dashboards', port: ports.http, path: settings.path };
  },
});

/** app/dashboards/voila has what is the same everywhere. @see https://voila.readthedocs.io/en/stable/customize.html */
const voila = ({ path, cullIdleAfter, cellTimeout }: z.infer<typeof settings>, port: number): string[] => [
  'python',
  '-m',
  'coped_voila',
  NOTEBOOKS,
  `--base_url=${path}`,
  '--Voila.ip=0.0.0.0',
  `--port=${port}`,
  '--Voila.port_retries=0',
  '--no-browser',
  // Idle kernels end; so do slow ones, and those of forgotten tabs.
  `--MappingKernelManager.cull_idle_timeout=${cullIdleAfter}`,
  '--MappingKernelManager.cull_interval=60',
  '--MappingKernelManager.cull_connected=True',
  '--MappingKernelManager.cull_busy=True',
  `--VoilaExecutor.timeout=${cellTimeout}`,
  // Server and kernels share a pod: sockets below /tmp instead of open ports.
  '--KernelManager.transport=ipc',
];
