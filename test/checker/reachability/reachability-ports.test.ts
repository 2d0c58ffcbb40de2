import type { Json } from '../../../checker/manifests/manifest';
import { Network } from '../../../checker/reachability/reachability';
import { allowed, app, db, egress, ingress, internet, pod, web } from './two-pods';

describe('ports', () => {
  const open = (...ports: Json[]) => [ingress({ from: [app('web')], ports })];

  test.each([
    ['none given: all', open(), 1, 'UDP', true],
    ['the number of the container', open({ port: 5432 }), 5432, 'TCP', true],
    ['not the number of the Service', open({ port: 80 }), 5432, 'TCP', false],
    ['TCP unless another protocol is given', open({ port: 5432 }), 5432, 'UDP', false],
    ['the given protocol', open({ port: 53, protocol: 'UDP' }), 53, 'UDP', true],
    ['only the given protocol', open({ port: 53, protocol: 'UDP' }), 53, 'TCP', false],
    ['a protocol without a port is all its ports', open({ protocol: 'SCTP' }), 9, 'SCTP', true],
    ['… and none of the others', open({ protocol: 'SCTP' }), 9, 'TCP', false],
    ['the first of a range', open({ port: 5000, endPort: 5432 }), 5000, 'TCP', true],
    ['the last of a range', open({ port: 5000, endPort: 5432 }), 5432, 'TCP', true],
    ['below a range', open({ port: 5000, endPort: 5432 }), 4999, 'TCP', false],
    ['above a range', open({ port: 5000, endPort: 5431 }), 5432, 'TCP', false],
    ['a name of the target', open({ port: 'sql' }), 5432, 'TCP', true],
    ['a name the target does not have', open({ port: 'http' }), 5432, 'TCP', false],
    ['a name with another protocol', open({ port: 'sql', protocol: 'UDP' }), 5432, 'UDP', false],
    ['one of several', open({ port: 80 }, { port: 5432 }), 5432, 'TCP', true],
  ] as const)('%s', (_, policies, port, protocol, expected) => {
    expect(allowed([...policies], web, db, port, protocol)).toBe(expected);
  });

  test('by name are those of the end that listens, for egress too', () => {
    const rule = [egress({ to: [app('db')], ports: [{ port: 'sql' }] })];
    expect(allowed(rule)).toBe(true);
    expect(allowed(rule, { ...web, listens: db.listens }, pod('db'))).toBe(false);
    expect(allowed([egress({ ports: [{ port: 'sql' }] })], web, internet)).toBe(false);
  });

  test('by name are whatever each pod calls so', () => {
    const rule = [ingress({ ports: [{ port: 'sql' }] })];
    const other = pod('db', { listens: [{ name: 'sql', port: 5433, protocol: 'TCP' }] });
    expect([5432, 5433].map((port) => allowed(rule, web, db, port))).toEqual([true, false]);
    expect([5432, 5433].map((port) => allowed(rule, web, other, port))).toEqual([false, true]);
  });

  test('are listed where the ranges of both ends overlap', () => {
    const ranges = [
      egress({ ports: [{ port: 5000, endPort: 5432 }] }),
      ingress({ ports: [{ port: 5100, endPort: 6000 }] }),
    ];
    const silent = pod('db');
    const open = new Network(ranges, [web, silent]).openPorts(web, silent);
    expect(open.map(({ port }) => port).sort()).toEqual([5100, 5101, 5432]);
  });

  test('belong to the peers of their own rule', () => {
    const rules = [
      ingress({ from: [app('web')], ports: [{ port: 1 }] }, { from: [app('api')], ports: [{ port: 2 }] }),
    ];
    expect(allowed(rules, web, db, 1)).toBe(true);
    expect(allowed(rules, web, db, 2)).toBe(false);
  });
});
