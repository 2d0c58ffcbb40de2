import { Network } from '../../../checker/reachability/reachability';
import { until } from '../../../cli/cluster/waiting';
import type { Flow } from '../../../lib/network/flows';
import { flowsIn } from '../../../lib/network/outsiders';
import type { Model } from '../model';
import type { Suite } from '../step';
import { allPorts, partiesOf } from './parties';
import { removeProbes, startProbes } from './probes';
import { type Answer, placeOf, targetsOf } from './targets';
import { tryAll } from './trial';
import { declared, describe, type Expectation, isControl, type Verdict, verdict } from './verdict';

interface Result extends Answer {
  readonly verdict: Verdict;
}

/**
 * Every pair of the flow table connects, and no other does: tried from pods in the place of each component. Each answer
 * is compared with what checker/reachability/reachability.ts computes from the applied policies, and with the flow table itself.
 */
export async function checkNetwork(suite: Suite, model: Model): Promise<void> {
  const parties = partiesOf(model);
  try {
    await compare(suite, model);
  } finally {
    await removeProbes(suite.kubectl, parties, false);
  }
}

async function compare(suite: Suite, model: Model): Promise<void> {
  const { kubectl, report } = suite;
  const ports = allPorts(model.manifests);
  const sources = await startProbes(suite, partiesOf(model), ports);
  const targets = await targetsOf(suite, model, sources, ports);
  const peers = new Set([...sources, ...targets].map(({ peer }) => peer));
  // What the policies among the applied objects say about every pair, as the checks evaluate them.
  const network = new Network(model.manifests, [...peers]);
  const allowed: Expectation = (source, { peer, port, protocol }) =>
    network.allowed(source.peer, peer, port, protocol);
  const round = async (): Promise<Result[]> => {
    const answers = await tryAll(kubectl, sources, targets, model.namespace, allowed);
    return answers.map((answer) => ({ ...answer, verdict: verdict(answer, answers, allowed) }));
  };

  // Policies reach new pods some seconds after their start; until then anything may happen.
  const settled = async () => {
    const wrong = (await round()).filter(isWrong);
    return wrong.length > 0
      ? `${wrong.length} answers are not as the policies say: ${wrong.slice(0, 3).map(describe).join(', ')}`
      : undefined;
  };
  await until(report, 'network policies to reach the new pods', settled, { within: 60 }).catch(
    () => undefined,
  );

  // What counts is one round after that, without a second try.
  const results = await round();
  report.block(reached(results));
  await checkEach(suite, results);
  await checkAgreement(suite, results, allowed, flowsIn(model.environment));
}

/** A line for each source: what it connects to, and so: nothing else. */
function reached(results: readonly Result[]): string[] {
  const connects = results.filter((answer) => answer.connects);
  const sources = [...new Set(results.map(({ source }) => source.name))];
  return sources.map((name) => {
    const places = connects.filter(({ source }) => source.name === name).map(({ target }) => placeOf(target));
    return `${name} -> ${[...new Set(places)].join(', ') || 'nothing'}`;
  });
}

const isWrong = ({ verdict }: Result) => verdict === 'leak' || verdict === 'broken';

async function checkEach({ report }: Suite, results: readonly Result[]): Promise<void> {
  const of = (...verdicts: Result['verdict'][]) =>
    results.filter(({ verdict }) => verdicts.includes(verdict));
  const right = of('right');
  const connects = right.filter((answer) => answer.connects);
  const list = (answers: readonly Result[]) => answers.map(describe).join('\n');

  await report.check('every pair of the flow table connects', async () => {
    if (of('broken').length > 0) throw new Error(list(of('broken')));
    if (connects.length === 0) throw new Error('nothing connected: this shows nothing about policies');
    return `${connects.length} connections`;
  });
  await report.check('no other pair does', async () => {
    if (of('leak').length > 0) throw new Error(list(of('leak')));
    return `${right.length - connects.length} refused`;
  });
  const unproven = new Set(
    of('unproven').map(({ target }) => `${target.name} ${target.address}:${target.port}`),
  );
  for (const place of unproven) {
    report.note(`${place} is refused, but nothing answers there at all: this proves nothing`);
  }
}

/** The matrix, cell by cell: as evaluated from the applied YAML, as declared in the table, as observed. */
async function checkAgreement(
  { report }: Suite,
  results: readonly Result[],
  allowed: Expectation,
  table: readonly Flow[],
): Promise<void> {
  const cells = results.filter(({ source, target }) => !isControl(source, target));
  const differing = cells.filter(
    ({ source, target }) => allowed(source, target) !== declared(source, target, table),
  );
  const observed = cells.filter(({ verdict }) => verdict === 'right');
  const unproven = cells.filter(({ verdict }) => verdict === 'unproven');
  await report.check('the applied policies as evaluated, the flow table and the cluster agree', async () => {
    if (differing.length > 0)
      throw new Error(`policies and table differ:\n${differing.map(describe).join('\n')}`);
    const agreed = `${observed.length} of ${cells.length} cells`;
    if (observed.length + unproven.length < cells.length) throw new Error(`only ${agreed}`);
    return unproven.length > 0 ? `${agreed}; the other ${unproven.length} show nothing here` : agreed;
  });
}
