import { type Cluster, MADE, of, status } from './fake-cluster';

const WARNED: [what: string, spoil: (cluster: Cluster) => void, reason: RegExp][] = [
  [
    'no dump for a night',
    (c) => {
      of(c, 'CronJob', 'backup').status.lastSuccessfulTime = '2026-01-01T00:30:00Z';
    },
    /! backup: the last dump is 26 h old/,
  ],
  [
    'no dump yet',
    (c) => {
      of(c, 'CronJob', 'backup').status = {};
    },
    /! backup: there is no dump yet/,
  ],
  [
    'suspended dumps',
    (c) => {
      of(c, 'CronJob', 'backup').spec.suspend = true;
    },
    /! backup: the nightly dump is suspended/,
  ],
  [
    'a search that finds a part of what there is',
    (c) => {
      c.index = { stdout: '{"rows": 1204, "documents": 700}\n' };
    },
    /! search index: has 700 of 1204/,
  ],
  [
    'a disk that fills',
    (c) => {
      c.disk = 80;
    },
    /! postgres-0: its disk is 80 % full/,
  ],
  [
    'an autoscaler at its end',
    (c) => {
      of(c, 'HorizontalPodAutoscaler', 'web').status.currentReplicas = 10;
    },
    /! autoscaler of web: all 10 pods are in use/,
  ],
  [
    'an autoscaler that sees nothing',
    (c) => {
      of(c, 'HorizontalPodAutoscaler', 'web').status.conditions = [
        { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: 'no metrics' },
      ];
    },
    /! autoscaler of web: it sees no load: no metrics/,
  ],
  [
    'a lack of memory that was',
    (c) => {
      const [s] = of(c, 'Pod', 'web-1').status.containerStatuses;
      s.restartCount = 1;
      s.lastState = { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: MADE } };
    },
    /! web: was restarted because it exceeded its memory limit/,
  ],
  [
    'a dump that failed',
    (c) => {
      c.objects.push({
        kind: 'Job',
        metadata: {
          name: 'backup-1',
          creationTimestamp: MADE,
          labels: { 'app.kubernetes.io/component': 'backup' },
        },
        spec: {},
        status: { conditions: [{ type: 'Failed', status: 'True', message: 'BackoffLimitExceeded' }] },
      });
    },
    /! Job\/backup-1: has failed/,
  ],
  [
    'a suspended Job',
    (c) => {
      c.objects.push({
        kind: 'Job',
        metadata: { name: 'x', creationTimestamp: MADE },
        spec: { suspend: true },
        status: {},
      });
    },
    /! Job\/x: is suspended/,
  ],
];

test.each(WARNED)('%s is a warning: exit code 0', async (_, spoil, reason) => {
  const { code, output } = await status(spoil);
  expect(output).toMatch(reason);
  expect(output).toMatch(/production is fine, with \d warnings?\./);
  expect(code).toBe(0);
});
