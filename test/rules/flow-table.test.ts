import type { Flow } from '../../lib/network/flows';
import { flowTable } from '../../rules/flow-table';
import { changed } from '../checker/cases/change';
import { found, good } from '../checker/fixture';
import { find } from '../support';

const withFlow = (from: string, to: string, port: number, protocol: string) => ({
  ...good(),
  flows: [{ from: [from], to, port, protocols: [protocol], why: 'test' } as Flow],
});
const UNKNOWN = 'is neither a component nor an outsider';

test.each([
  ['an unknown sender', 'wep', 'postgres', 5432, 'TCP', 'wep', UNKNOWN],
  ['an unknown receiver', 'web', 'postgresql', 5432, 'TCP', 'postgresql', UNKNOWN],
  [
    'the port of the Service',
    'ingress-controller',
    'web',
    80,
    'TCP',
    80,
    'is not a TCP port that web listens on',
  ],
  ['the wrong protocol', 'web', 'postgres', 5432, 'UDP', 5432, 'is not a UDP port that postgres listens on'],
  [
    'two outsiders',
    'ingress-controller',
    'dns',
    53,
    'TCP',
    'ingress-controller',
    'connects to dns, and both are outside this environment',
  ],
])('refuses %s', (_, from, to, port, protocol, value, wrong) => {
  expect(found(flowTable, withFlow(from, to, port, protocol))).toEqual([
    [`lib/network/flows.ts ${from} -> ${to}:${port}`, value, wrong],
  ]);
});

test('says which port the container has', () => {
  expect(flowTable.find(withFlow('ingress-controller', 'web', 80, 'TCP'))[0]?.remedy).toBe(
    'Use the port of the container, not of the Service: 8000/TCP',
  );
});

test('requires the port of every workload that a component has', () => {
  const subject = withFlow('web', 'postgres', 5432, 'TCP');
  const label = 'Job/postgres-bootstrap spec.template.metadata.labels[app.kubernetes.io/component]';
  const job = changed([find(subject.manifests, 'Job', 'postgres-bootstrap')], {
    set: { [label]: 'postgres' },
  });
  expect(found(flowTable, { ...subject, manifests: [...subject.manifests, ...job] })).toHaveLength(1);
});

test('skips components that this environment does not have', () => {
  expect(found(flowTable, withFlow('dashboards', 'api', 8000, 'TCP'))).toEqual([]);
});
