import type { Flow } from '../../lib/network/flows';
import { flowTable } from '../../rules/flow-table';
import { found, good } from '../checker/fixture';

const flow = (from: string, to: string, port: number, protocols?: string[]) => ({
  ...good(),
  flows: [{ from: [from], to, port, protocols, why: 'test' } as unknown as Flow],
});

test('refuses a name that does not exist', () => {
  expect(found(flowTable, flow('wep', 'postgres', 5432))).toEqual([
    ['lib/network/flows.ts wep -> postgres:5432', 'wep', 'is neither a component nor an outsider'],
  ]);
  expect(found(flowTable, flow('web', 'postgresql', 5432))).toEqual([
    ['lib/network/flows.ts web -> postgresql:5432', 'postgresql', 'is neither a component nor an outsider'],
  ]);
});

test("refuses a port that no container listens on, such as the Service's", () => {
  const subject = flow('ingress-controller', 'web', 80);
  expect(found(flowTable, subject)).toEqual([
    ['lib/network/flows.ts ingress-controller -> web:80', 80, 'is not a TCP port that web listens on'],
  ]);
  expect(flowTable.find(subject)[0]?.remedy).toBe(
    'Use the port of the container, not of the Service: 8000/TCP',
  );
});

test('refuses the right port with the wrong protocol', () => {
  expect(found(flowTable, flow('web', 'postgres', 5432, ['UDP']))).toEqual([
    ['lib/network/flows.ts web -> postgres:5432', 5432, 'is not a UDP port that postgres listens on'],
  ]);
});

test('refuses connections between untrusted peers', () => {
  expect(found(flowTable, flow('ingress-controller', 'dns', 53))).toEqual([
    [
      'lib/network/flows.ts ingress-controller -> dns:53',
      'ingress-controller',
      'talks to dns, and neither is ours to allow',
    ],
  ]);
});

test('demands a port of every workload that a component has', () => {
  const subject = flow('web', 'postgres', 5432);
  const [job] = structuredClone(subject.manifests.filter(({ kind }) => kind === 'Job'));
  if (job) job.spec.template.metadata.labels['app.kubernetes.io/component'] = 'postgres';
  expect(
    found(flowTable, { ...subject, manifests: [...subject.manifests, ...(job ? [job] : [])] }),
  ).toHaveLength(1);
});

test('skips components that this environment does not have', () => {
  expect(found(flowTable, flow('dashboards', 'api', 8000))).toEqual([]);
});
