import type { Model } from '../model';
import type { Suite } from '../step';
import { until } from '../waiting';
import { describe, verdict } from './judgement';
import { partiesOf } from './parties';
import { allPorts, places } from './ports';
import { removeProbes, startProbes } from './probes';
import { type Judged, table } from './table';
import { targetsOf } from './targets';
import { tryAll } from './trial';

/** Every pair of the flow table connects, and no other does: tried from pods in the place of each component. */
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
  const round = async (): Promise<Judged[]> => {
    const answers = await tryAll(kubectl, sources, targets, model.namespace);
    return answers.map((answer) => ({ ...answer, verdict: verdict(answer, answers) }));
  };

  // Policies reach new pods some seconds after their start; until then anything may happen.
  const settled = async () => {
    const wrong = (await round()).filter(isWrong);
    return wrong.length > 0
      ? `${wrong.length} answers are not as the table says: ${wrong.slice(0, 3).map(describe).join(', ')}`
      : undefined;
  };
  await until(report, 'network policies to reach the new pods', settled, { within: 60 }).catch(
    () => undefined,
  );

  // What counts is one round after that: no second try, for anybody.
  const judged = await round();
  report.block(table(judged, places()));
  await judge(suite, judged);
}

const isWrong = ({ verdict }: Judged) => verdict === 'leak' || verdict === 'broken';

async function judge({ report }: Suite, judged: readonly Judged[]): Promise<void> {
  const of = (...verdicts: Judged['verdict'][]) => judged.filter(({ verdict }) => verdicts.includes(verdict));
  const right = of('right');
  const connects = right.filter((answer) => answer.connects);
  const list = (answers: readonly Judged[]) => answers.map(describe).join('\n');

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
    report.note(`${place} is refused, but here it answers nobody, so that proves nothing`);
  }
}
