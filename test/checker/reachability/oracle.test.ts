import { connections, describe as line, type Named } from '../../../checker/reachability/matrix';
import type { Port } from '../../../checker/reachability/peer';
import { ANY_OTHER_PORT, Network } from '../../../checker/reachability/reachability';
import { fc } from '../../properties';
import { anyPeers, anyPolicies, questions } from './arbitrary';
import { receives, sends } from './oracle';

const given = [anyPolicies, anyPeers] as const;

test('every answer of either end, and of both, is that of the definition, evaluated naively', () => {
  fc.assert(
    fc.property(...given, (policies, peers) => {
      const network = new Network(policies, peers);
      const wrong = peers.flatMap((from) =>
        peers.flatMap((to) =>
          questions.filter((port) => {
            const out = sends(policies, from, to, port);
            const into = receives(policies, from, to, port);
            return (
              network.sends(from, to, port.port, port.protocol) !== out ||
              network.receives(from, to, port.port, port.protocol) !== into ||
              network.allowed(from, to, port.port, port.protocol) !== (out && into)
            );
          }),
        ),
      );
      expect(wrong).toEqual([]);
    }),
  );
});

test('the list of open ports has none that is closed, and all on which the target listens or might listen', () => {
  fc.assert(
    fc.property(...given, (policies, peers) => {
      const network = new Network(policies, peers);
      for (const from of peers) {
        for (const to of peers) {
          const isOpen = (port: Port) =>
            sends(policies, from, to, port) && receives(policies, from, to, port);
          const listed = network.openPorts(from, to);
          expect(listed.filter((port) => !isOpen(port))).toEqual([]);
          const certain = [...(to.listens ?? []), ...questions.filter(({ port }) => port === ANY_OTHER_PORT)];
          for (const { port, protocol } of certain.filter(isOpen)) {
            expect(listed).toContainEqual({ port, protocol });
          }
          // Whatever else is open shows in at least one of the ports listed.
          if (questions.some(isOpen)) expect(listed).not.toEqual([]);
        }
      }
    }),
  );
});

test('the connections found by index are those found by trying every pair', () => {
  fc.assert(
    fc.property(...given, fc.integer({ min: 0, max: 5 }), (policies, peers, cut) => {
      const named = peers.map((peer, i): Named => ({ ...peer, name: `${i}` }));
      const [ours, others] = [named.slice(0, cut), named.slice(cut)];
      const network = new Network(policies, named);
      const all = named.flatMap((from) =>
        named
          .filter((to) => ours.includes(from) || ours.includes(to))
          .flatMap((to) =>
            network.openPorts(from, to).map((port) => line({ ...port, from: from.name, to: to.name })),
          ),
      );
      expect(connections(network, ours, others).map(line).sort()).toEqual(all.sort());
    }),
  );
});
