import { breakPod, type Cluster, container, MADE, of, status, warning } from './fake-cluster';

const SPOILED: [what: string, spoil: (cluster: Cluster) => void, reason: RegExp, next: RegExp][] = [
  [
    'a pod that crashes',
    (c) =>
      breakPod(
        c,
        'Deployment',
        'web',
        container(
          'web',
          { waiting: { reason: 'CrashLoopBackOff' } },
          { restartCount: 4, lastState: { terminated: { exitCode: 3, reason: 'Error', finishedAt: MADE } } },
        ),
      ),
    /web: 2\/3 available; web-0: web ends with exit code 3, 5 times so far/,
    /kubectl --context=coped-production --namespace=coped-production logs web-0 --container=web --tail=20 --previous/,
  ],
  [
    'too little memory',
    (c) =>
      breakPod(
        c,
        'StatefulSet',
        'postgres',
        container('postgres', { terminated: { exitCode: 137, reason: 'OOMKilled' } }),
      ),
    /postgres-0: postgres exceeded its memory limit \(OOMKilled\)/,
    /memoryLimit/,
  ],
  [
    'an image that is not there',
    (c) =>
      breakPod(
        c,
        'Deployment',
        'api',
        container('api', {
          waiting: { reason: 'ErrImagePull', message: 'failed to pull: r.example.org/i:2: not found' },
        }),
      ),
    /api-0: the image r.example.org\/i:2 cannot be pulled: there is no such image/,
    /Push it/,
  ],
  [
    'a registry that does not answer',
    (c) =>
      breakPod(
        c,
        'Deployment',
        'api',
        container('api', {
          waiting: { reason: 'ImagePullBackOff', message: 'dial tcp: lookup r.example.org: no such host' },
        }),
      ),
    /the registry does not answer/,
    /lib\/environments/,
  ],
  [
    'a Secret that is missing',
    (c) => {
      breakPod(c, 'Deployment', 'web', {
        phase: 'Pending',
        initContainerStatuses: [
          { name: 'wait-for-schema', state: { waiting: { reason: 'PodInitializing' } } },
        ],
      });
      c.events = [
        warning(
          'web-0',
          'FailedMount',
          'MountVolume.SetUp failed for volume "secrets" : secret "django" not found',
        ),
      ];
    },
    /web-0: the Secret django is missing/,
    /coped secrets production init/,
  ],
  [
    'a key that is missing',
    (c) =>
      breakPod(
        c,
        'Deployment',
        'web',
        container('web', {
          waiting: {
            reason: 'CreateContainerConfigError',
            message: "couldn't find key password in Secret coped-production/postgres-owner",
          },
        }),
      ),
    /the Secret postgres-owner has no key password/,
    /coped secrets production init/,
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
    /coped deploy production/,
  ],
  [
    'tables that are not there yet',
    (c) =>
      breakPod(c, 'Deployment', 'web', {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'wait-for-schema', state: { running: {} } }],
      }),
    /web-0: it waits for the tables of its release/,
    /coped migrate production/,
  ],
  [
    'no room',
    (c) =>
      breakPod(c, 'StatefulSet', 'elasticsearch', {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', message: '0/3 nodes are available: 3 Insufficient cpu.' },
        ],
      }),
    /no node has room: 0\/3 nodes/,
    /Add nodes/,
  ],
  [
    'no disk',
    (c) =>
      breakPod(c, 'StatefulSet', 'postgres', {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            message: 'pod has unbound immediate PersistentVolumeClaims',
          },
        ],
      }),
    /its volume is not there/,
    /storage class/,
  ],
  [
    'a pod that does not answer',
    (c) => {
      breakPod(c, 'Deployment', 'web', container('web', { running: {} }, { started: true }));
      c.events = [
        warning('web-0', 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503'),
      ];
    },
    /web-0: it runs but does not answer: Readiness probe failed/,
    /logs web-0/,
  ],
  [
    'a pod that was thrown out',
    (c) =>
      breakPod(c, 'Deployment', 'web', {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'The node was low on resource: ephemeral-storage.',
      }),
    /its node has evicted it: The node was low/,
    /what uses so much/,
  ],
  [
    'a quota that is used up',
    (c) => {
      const web = of(c, 'Deployment', 'web');
      web.status.availableReplicas = 2;
      c.events = [
        {
          ...warning('x', 'FailedCreate', 'pods "web-x" is forbidden: exceeded quota: quota'),
          involvedObject: { kind: 'ReplicaSet', name: 'web-599876d94', uid: 'x' },
        },
      ];
    },
    /no pod can be created: .*exceeded quota/,
    /`quota` in lib\/environments\/production.ts/,
  ],
];

test.each(
  SPOILED,
)('%s is a problem, with its reason and the next step; exit code 1', async (_, spoil, reason, next) => {
  const { code, output, errors } = await status(spoil);
  expect(output).toMatch(reason);
  const lines = output.split('\n');
  const at = lines.findIndex((line) => line.startsWith('✘') && reason.test(line));
  expect(lines[at + 1]).toMatch(next);
  expect(errors).toMatch(/✘ production is not fine: \d problem/);
  expect(output).not.toContain('is fine');
  expect(code).toBe(1);
});
