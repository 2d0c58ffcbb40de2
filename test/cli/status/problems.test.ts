import { FOR_ANOTHER_HOST } from './certificates';
import { type Cluster, of, status } from './fake-cluster';

const SPOILED: [what: string, spoil: (cluster: Cluster) => void, reason: RegExp, next: RegExp][] = [
  [
    'a component that is gone',
    (c) => {
      c.objects = c.objects.filter((o) => o !== of(c, 'Deployment', 'dashboards'));
    },
    /dashboards: is not there/,
    /coped deploy production/,
  ],
  [
    'a component that is scaled to 0',
    (c) => {
      const web = of(c, 'Deployment', 'web');
      web.spec.replicas = 0;
      web.status = { observedGeneration: 1 };
    },
    /web: it is scaled to 0/,
    /coped deploy production/,
  ],
  [
    'a bootstrap Job that failed',
    (c) => {
      const job = c.objects.find(({ kind }) => kind === 'Job');
      job.status = {
        conditions: [
          { type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' },
        ],
      };
    },
    /Job\/postgres-bootstrap-\w+: has failed: Job has reached/,
    /delete job/,
  ],
  [
    'migrations that are pending',
    (c) => {
      c.plan = 'Planned operations:\nprojects.0002_funder\n    Add field funder to project\n';
    },
    /tables: 1 migration is pending/,
    /coped migrate production --plan/,
  ],
  [
    'a search index that is not there',
    (c) => {
      c.index = { stdout: 'a warning\n{"rows": 1204, "documents": null}\n' };
    },
    /search index: is not there: none of 1204 is found/,
    /npx coped manage production -- search_index/,
  ],
  [
    'an empty search index beside many rows',
    (c) => {
      c.index = { stdout: '{"rows": 1204, "documents": 0}\n' };
    },
    /search index: is empty: none of 1204 is found/,
    /npx coped manage production -- search_index/,
  ],
  [
    'a search that refuses the application',
    (c) => {
      c.index = {
        code: 1,
        stderr: 'CommandError: The search index could not be read: AuthenticationException(401)\n',
      };
    },
    /search index: The search index could not be read: AuthenticationException\(401\)/,
    /logs statefulset\/elasticsearch/,
  ],
  [
    "a cluster's DNS that is down",
    (c) => {
      c.dns = [{ metadata: {}, status: { conditions: [{ type: 'Ready', status: 'False' }] } }];
    },
    /DNS of the cluster: none of its pods is ready/,
    /namespace=kube-system get deployments,pods --selector=k8s-app=kube-dns/,
  ],
  [
    "a cluster's DNS that is not there",
    (c) => {
      c.dns = [];
    },
    /DNS of the cluster: none of its pods is there/,
    /scale deployment\/coredns/,
  ],
  [
    'a certificate that is missing',
    (c) => {
      delete c.certificates['ingress-tls'];
    },
    /Secret\/ingress-tls: is missing/,
    /describe certificates/,
  ],
  [
    'a Secret without a certificate',
    (c) => {
      c.certificates['ingress-tls'] = '';
    },
    /holds no certificate/,
    /describe certificates/,
  ],
  [
    'a certificate for another host',
    (c) => {
      c.certificates['ingress-tls'] = FOR_ANOTHER_HOST;
    },
    /is not for coped.example.org/,
    /describe certificates/,
  ],
  [
    'no dump for two nights',
    (c) => {
      of(c, 'CronJob', 'backup').status.lastSuccessfulTime = '2025-12-30T02:30:00Z';
    },
    /backup: the last dump is 3 d old/,
    /coped backup production now/,
  ],
  [
    'a full disk',
    (c) => {
      c.disk = 97;
    },
    /postgres-0: its disk is 97 % full/,
    /grow-a-volume/,
  ],
  [
    'an Ingress that is gone',
    (c) => {
      c.objects = c.objects.filter(({ kind }) => kind !== 'Ingress');
    },
    /ingress: is missing/,
    /coped deploy production/,
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
