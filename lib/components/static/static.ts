import { z } from 'zod';
import { quantity } from '../../../formats/quantity';
import { configMap, file } from '../../kubernetes/config-files';
import { HANGS, httpProbe, startsWithin } from '../../kubernetes/probes';
import { bytes, integer, resources } from '../../kubernetes/values';
import { configFiles, scratch } from '../../kubernetes/volumes';
import { deployment, service } from '../../kubernetes/workloads';
import { component } from '../component';
import { django as djangoComponent } from '../django/django';
import { started } from '../django/scripts/scripts';

/** Where `collectStatic` of an application puts the files. */
const COLLECTED = '/static';
/** User of the image. */
const NGINX = 101;
/** Seconds for which a pod that must go still serves, until the ingress has noticed. */
const LINGER = 15;

const settings = (replicas: number) =>
  z
    .strictObject({
      replicas: integer(1, 20).default(replicas),
      /** Room for the files. */
      size: bytes.default('256Mi'),
      resources: resources({ cpu: '25m', memory: '32Mi', memoryLimit: '128Mi' }),
      /** What collecting them takes, when a pod starts. */
      collecting: resources({ cpu: '100m', memory: '128Mi', memoryLimit: '512Mi' }),
    })
    .optional();

/** Answers /static/ for an application that does not: nginx on what its image collects, so that pages and files are of one release. */
export const staticFiles = component({
  name: 'static',
  tier: 'web',
  software: 'nginx',
  image: 'docker.io/nginxinc/nginx-unprivileged:1.30.4-alpine-slim',
  ports: { http: 8080 },
  settings: { local: settings(1), hosted: settings(2) },
  build({ scope, identity, settings, image, ports, environment, use }) {
    const django = use(djangoComponent);
    const { application } = environment;
    const { env, secrets } = django.application;
    const [tmp, collected] = [scratch('tmp', '/tmp', '64Mi'), scratch('static', COLLECTED, settings.size)];
    const config = configFiles('config', '/etc/nginx/coped', 'static');
    const ephemeralStorage = `${(quantity(settings.size) ?? 0) / 1024 ** 2 + 256}Mi`;

    configMap(scope, 'static', { 'nginx.conf': file(__dirname, 'nginx.conf') });
    service(scope, 'static', { name: 'http', number: ports.http });
    deployment(scope, {
      ...identity,
      user: NGINX,
      replicas: settings.replicas,
      resilient: environment.resilient,
      gracePeriod: LINGER + 15,
      volumes: [tmp, collected, config, secrets].map(({ volume }) => volume),
      initContainers: [
        {
          name: 'collect-static',
          image: django.image,
          // Its files may be readable for its own user only.
          user: application.user,
          // A component without its command is refused: see combinations.ts.
          command: started(application.collectStatic ?? ['false'], application),
          env,
          envFrom: django.config,
          resources: settings.collecting,
          ephemeralStorage,
          mounts: [tmp, collected, secrets].map(({ mount }) => mount),
        },
      ],
      containers: [
        {
          name: 'static',
          image,
          command: ['nginx', '-c', '/etc/nginx/coped/nginx.conf', '-g', 'daemon off;'],
          ports,
          resources: settings.resources,
          ephemeralStorage,
          mounts: [
            tmp.mount,
            config.mount,
            { ...collected.mount, mountPath: `/srv${COLLECTED}`, readOnly: true },
          ],
          startupProbe: httpProbe('/healthz', 'http', startsWithin(60, 2)),
          readinessProbe: httpProbe('/healthz', 'http', { every: 5, failures: 3 }),
          livenessProbe: httpProbe('/healthz', 'http', HANGS),
          preStop: ['sleep', String(LINGER)],
        },
      ],
    });
    return { service: 'static', port: ports.http };
  },
});
