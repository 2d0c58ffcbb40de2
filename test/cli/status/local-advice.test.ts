import { breakPod, type Cluster, container, healthy, MADE, of, warning, worldOf } from './fake-cluster';

// A local environment is brought up: `deploy`, `migrate` and `secrets` refuse it, so nothing may advise them.

const SPOILED: [what: string, spoil: (cluster: Cluster) => void, reason: RegExp, next: RegExp][] = [
  [
    'a component that is gone',
    (c) => {
      c.objects = c.objects.filter((one) => one !== of(c, 'Deployment', 'dashboards'));
    },
    /dashboards: is not there/,
    /npx coped up development/,
  ],
  [
    'nothing at all',
    (c) => {
      c.objects = [];
    },
    /is not deployed/,
    /npx coped up development/,
  ],
  [
    'an Ingress that is gone',
    (c) => {
      c.objects = c.objects.filter(({ kind }) => kind !== 'Ingress');
    },
    /ingress: is missing/,
    /npx coped up development/,
  ],
  [
    'a component that is scaled to 0',
    (c) => {
      of(c, 'Deployment', 'web').spec.replicas = 0;
    },
    /it is scaled to 0/,
    /npx coped up development/,
  ],
  [
    'a bootstrap Job that failed',
    (c) => {
      c.objects.find(({ kind }) => kind === 'Job').status = {
        conditions: [{ type: 'Failed', status: 'True', message: 'backoff limit' }],
      };
    },
    /has failed/,
    /npx coped up development/,
  ],
  [
    'tables that are not there yet',
    (c) =>
      breakPod(c, 'Deployment', 'api', {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'wait-for-schema', state: { running: { startedAt: MADE } } }],
      }),
    /api-0: it waits for the tables of its release for 60 min, and says "still waiting"/,
    /web makes them when it starts/,
  ],
  [
    'a migration that was written and not run',
    (c) => {
      c.plan = 'Planned operations:\nprojects.0002_funder\n    Add field funder to project\n';
    },
    /1 migration is pending/,
    /rollout restart deployment\/web/,
  ],
  [
    'a Secret that is missing',
    (c) => {
      breakPod(c, 'Deployment', 'web', { phase: 'Pending' });
      c.events = [warning('web-0', 'FailedMount', 'secret "django" not found')];
    },
    /the Secret django is missing/,
    /npx coped up development/,
  ],
  [
    'a ConfigMap that is missing',
    (c) =>
      breakPod(
        c,
        'Deployment',
        'web',
        container('web', {
          waiting: { reason: 'CreateContainerConfigError', message: 'configmap "django" not found' },
        }),
      ),
    /the ConfigMap django is missing/,
    /npx coped up development/,
  ],
];

test.each(SPOILED)('development, %s', async (_, spoil, reason, next) => {
  const cluster = healthy('development');
  spoil(cluster);
  const world = worldOf(cluster, ({ line }) => (line.startsWith('logs') ? 'still waiting\n' : undefined));
  expect(await world.coped('status', 'development')).toBe(1);
  const lines = world.output().split('\n');
  const at = lines.findIndex((line) => line.startsWith('✘') && reason.test(line));
  expect(lines[at + 1]).toMatch(next);
  expect(world.output()).not.toMatch(/coped (deploy|migrate|secrets)/);
});
