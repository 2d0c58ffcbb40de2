import { componentNames, type Flow, outsiderNames } from '../network/flows';
import { ourPods } from '../network/matrix';
import type { Check, Finding } from './check';

const KNOWN: readonly string[] = [...componentNames, ...outsiderNames];
const OURS: readonly string[] = componentNames;

/**
 * The flow table speaks about things that exist: known names, and ports somebody listens on. A line about a
 * component that this environment does not have is fine and has no effect; a misspelt one would have none either.
 */
export const flowTable: Check = ({ manifests, flows }) => {
  const pods = ourPods(manifests);
  return flows.flatMap((flow): Finding[] => {
    const where = describe(flow);
    const unknown = [...flow.from, flow.to].filter((name) => !KNOWN.includes(name));
    const targets = pods.filter(([name]) => name === flow.to).map(([, pod]) => pod.listens ?? []);
    const deaf = (flow.protocols ?? ['TCP']).filter((protocol) =>
      targets.some((listens) => !listens.some((l) => l.port === flow.port && l.protocol === protocol)),
    );
    return [
      ...unknown.map((name) => ({
        where,
        value: name,
        rule: 'is neither a component nor an outsider',
        remedy: `Use one of: ${KNOWN.join(', ')}`,
      })),
      ...flow.from
        .filter((from) => ![from, flow.to].some((name) => OURS.includes(name) || !KNOWN.includes(name)))
        .map((from) => ({
          where,
          value: from,
          rule: `talks to ${flow.to}, and neither is ours to allow`,
          remedy: 'Remove it',
        })),
      ...deaf.map((protocol) => ({
        where,
        value: flow.port,
        rule: `is not a ${protocol} port that ${flow.to} listens on`,
        remedy: `Use the port of the container, not of the Service: ${ports(targets.flat())}`,
      })),
    ];
  });
};

const describe = ({ from, to, port }: Flow): string =>
  `lib/network/flows.ts ${from.join(', ')} -> ${to}:${port}`;

const ports = (listens: readonly { port: number; protocol: string }[]): string =>
  listens.map(({ port, protocol }) => `${port}/${protocol}`).join(', ') || 'it declares none';
