import { z } from 'zod';
import { quantity } from '../../../formats/quantity';
import { file } from '../../kubernetes/config-files';
import { execProbe, HANGS, startsWithin } from '../../kubernetes/probes';
import { bytes, objectName, resources } from '../../kubernetes/values';
import { claimTemplate, scratch, secretFiles } from '../../kubernetes/volumes';
import { service, statefulSet } from '../../kubernetes/workloads';
import { component, everywhere } from '../component';

/** MiB for the queue: half, because while the server rewrites its log a copy of the process may need as much again. */
const queueMemory = (memoryLimit: string): number => Math.floor((quantity(memoryLimit) ?? 0) / 1024 ** 2 / 2);

/** The broker of Celery's tasks. It writes them to disk, so that a restart loses none. */
export const redis = component({
  name: 'redis',
  tier: 'data',
  software: 'redis',
  image: 'docker.io/library/redis:8.2.9',
  ports: { redis: 6379 },
  secrets: {
    password: {
      purpose: 'Opens the queue of tasks: every program of Django.',
      only: { letters: 'A-Za-z0-9_-', why: 'applications put it into a URL as it is' },
    },
  },
  settings: everywhere(
    z
      .strictObject({
        /** Size of the volume. It can grow later, never shrink. */
        storage: bytes.default('1Gi'),
        /** Kind of disk; the cluster's default if absent. */
        storageClass: objectName.optional(),
        /** Half of the memory is for tasks that wait; when it is full, new ones are refused and none is forgotten. */
        resources: resources({ cpu: '50m', memory: '128Mi', memoryLimit: '256Mi' }),
      })
      .optional(),
  ),
  build({ scope, identity, settings, image, ports, secrets, environment }) {
    const volumes = [secretFiles({ password: secrets.password }), scratch('tmp', '/tmp', '16Mi')];
    const options = {
      dir: '/data',
      port: ports.redis,
      maxmemory: `${queueMemory(settings.resources.memoryLimit)}mb`,
      'maxmemory-policy': 'noeviction',
      appendonly: 'yes',
      appendfsync: 'everysec',
      // The log has everything; a snapshot besides it would only take memory and disk.
      save: '',
    };
    const answers = ['sh', '-euc', file(__dirname, 'answers.sh')];

    service(scope, 'redis', { name: 'redis', number: ports.redis });
    statefulSet(scope, {
      ...identity,
      // User `redis` of the official Debian image.
      user: 999,
      replicas: 1,
      resilient: environment.resilient,
      keepData: environment.keepData,
      serviceName: 'redis',
      claims: [claimTemplate('data', settings.storage, settings.storageClass)],
      volumes: volumes.map(({ volume }) => volume),
      containers: [
        {
          name: 'redis',
          image,
          command: [
            'sh',
            '-euc',
            file(__dirname, 'start.sh'),
            'start',
            ...Object.entries(options).flatMap(([option, value]) => [`--${option}`, String(value)]),
          ],
          env: { REQUIRE_REAL_SECRETS: environment.realSecrets ? '1' : '0' },
          ports,
          resources: settings.resources,
          mounts: [{ name: 'data', mountPath: '/data' }, ...volumes.map(({ mount }) => mount)],
          // It reads its whole log before it answers.
          startupProbe: execProbe(answers, startsWithin(900)),
          readinessProbe: execProbe(answers, { every: 10, failures: 6 }),
          // Any answer will do: a password that was replaced, or a log that is being read, is no reason for a restart.
          livenessProbe: execProbe(['redis-cli', 'ping'], HANGS),
        },
      ],
    });
    return { host: 'redis', port: ports.redis, password: secrets.password };
  },
});
