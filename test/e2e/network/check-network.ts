import { until } from '../../../cli/cluster/waiting';
import type { Model } from '../model';
import type { Suite } from '../step';
import { evaluated } from './evaluated';
import { partiesOf } from './parties';
import { allPorts, places } from './ports';
import { removeProbes, startProbes } from './probes';
import { type Result, table } from './table';
import { targetsOf } from './targets';
import { tryAll } from './trial';
import { declared, describe, type Expectation, isControl, verdict } from './verdict';

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
  const allowed = evaluated(model.manifests, sources, targets);
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
  report.block(table(results, places()));
  await checkEach(suite, results);
  await checkAgreement(suite, results, allowed);
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
    report.note(`${place} is refused, but here it answers no one, so that proves nothing`);
  }
}

/** The matrix, cell by cell: as evaluated from the applied YAML, as declared in the table, as observed. */
async function checkAgreement(
  { report }: Suite,
  results: readonly Result[],
  allowed: Expectation,
): Promise<void> {
  const cells = results.filter(({ source, target }) => !isControl(source, target));
  const torn = cells.filter(({ source, target }) => allowed(source, target) !== declared(source, target));
  const observed = cells.filter(({ verdict }) => verdict === 'right');
  const unproven = cells.filter(({ verdict }) => verdict === 'unproven');
  await report.check('the applied policies as evaluated, the flow table and the cluster agree', async () => {
    if (torn.length > 0) throw new Error(`policies and table differ:\n${torn.map(describe).join('\n')}`);
    const agreed = `${observed.length} of ${cells.length} cells`;
    if (observed.length + unproven.length < cells.length) throw new Error(`only ${agreed}`);
    return unproven.length > 0 ? `${agreed}; the other ${unproven.length} show nothing here` : agreed;
  });
}
