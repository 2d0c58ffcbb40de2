import { grouped } from '../checker/manifests/grouped';
import type { Finding } from '../checker/problem';
import { ourPods } from '../checker/reachability/matrix';
import { didYouMean, useOneOf } from '../formats/nearest';
import { componentNames } from '../lib/components';
import { outsiderNames } from '../lib/environments/cluster';
import type { Flow } from '../lib/network/flows';
import { rule } from './rule';

const OURS: readonly string[] = componentNames;

export const flowTable = rule({
  id: 'flow-table',
  what: 'A line of the flow table names a component or a port that does not exist.',
  why: 'A misspelt line has no effect, and shows only when a connection hangs.',
  remedy: 'Correct the line in lib/network/flows.ts.',
  link: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
  needs: ['flows'],
  find: ({ manifests, flows, outsiders = {} }) => {
    // With the peers that an environment names.
    const known = [...new Set([...componentNames, ...outsiderNames, ...Object.keys(outsiders)])];
    const listening = grouped(ourPods(manifests).map(({ name, listens = [] }) => [name, listens]));
    return flows.flatMap((flow): Finding[] => {
      const where = describe(flow);
      const unknown = [...flow.from, flow.to].filter((name) => !known.includes(name));
      const targets = listening.get(flow.to) ?? [];
      const deaf = (flow.protocols ?? ['TCP']).filter((protocol) =>
        targets.some((listens) => !listens.some((l) => l.port === flow.port && l.protocol === protocol)),
      );
      return [
        ...unknown.map((name) => ({
          where,
          value: name,
          wrong: 'is neither a component nor an outsider',
          remedy: `${didYouMean(name, known)}${useOneOf(known)}`,
        })),
        ...flow.from
          .filter((from) => ![from, flow.to].some((name) => OURS.includes(name) || !known.includes(name)))
          .map((from) => ({
            where,
            value: from,
            wrong: `connects to ${flow.to}, and both are outside this environment`,
            remedy: 'Remove it',
          })),
        ...deaf.map((protocol) => ({
          where,
          value: flow.port,
          wrong: `is not a ${protocol} port that ${flow.to} listens on`,
          remedy: `Use the port of the container, not of the Service: ${ports(targets.flat())}`,
        })),
      ];
    });
  },
});

const describe = ({ from, to, port }: Flow): string =>
  `lib/network/flows.ts ${from.join(', ')} -> ${to}:${port}`;

const ports = (listens: readonly { port: number; protocol: string }[]): string =>
  listens.map(({ port, protocol }) => `${port}/${protocol}`).join(', ') || 'it declares none';
