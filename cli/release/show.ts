import { deletion } from '../../checker/immutable/field';
import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import { withoutSecrets } from '../../checker/problem';
import type { Environment } from '../../lib/environments/environment';
import { terminal as asText } from '../plan/terminal';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { keptByHand } from './kept-by-hand';
import { NOT_OURS } from './ownership';
import type { Release } from './release';
import type { View } from './view';

/** The plan as a person reads it, and what is worth knowing besides. */
export function told({ terminal }: Pick<World, 'terminal'>, view: View, { origin }: Release): string {
  const coloured = terminal.streams.output.isTTY === true && terminal.paint('bold', '') !== '';
  return [
    asText(view.plan, 'what runs in the cluster', coloured, origin),
    ...remarks(view).map((remark) => `${remark}\n`),
  ].join('\n');
}

/** What is no change, but not as the sources describe it either. */
function remarks({ live, left, plan }: View): string[] {
  const news = new Set(plan.parts.flatMap(({ entries }) => entries.map(({ about }) => about)));
  const old = left.filter(({ object }) => !news.has(nameOf(object as Manifest)));
  return [
    ...section('Set by hand and kept, because the sources say nothing about it:', keptByHand(live)),
    ...section(
      'Left from earlier releases:',
      old.map(
        ({ object, why }) =>
          `${nameOf(object as Manifest)}, because ${why}${why === NOT_OURS ? '' : `; \`${deletion(object as Manifest)}\``}`,
      ),
    ),
  ];
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [[title, ...lines.map((line) => `    ${line}`)].join('\n')] : [];

/** The same for a script. */
export const forScripts = ({ name }: Environment, view: View, { origin, commit }: Release): object => ({
  environment: name,
  changes: view.plan.parts.length > 0,
  to: origin,
  ...(commit && { commit }),
  deployed: view.records.filter(({ status }) => status === 'deployed').at(-1)?.number ?? null,
  summary: view.plan.summary,
  sections: view.plan.parts.map(({ section: { title }, entries }) => ({ title, entries })),
  keptByHand: keptByHand(view.live),
  left: view.left.map(({ object, why }) => ({ object: nameOf(object as Manifest), why })),
});

/**
 * Stops where the cluster would stop half way.
 * @throws RefusedError
 */
export function refuseImpossible({ refused }: View): void {
  if (refused.length === 0) return;
  const lines = refused.map((finding: Finding) => withoutSecrets({ environment: '', ...finding }));
  throw new RefusedError(
    `this release cannot be deployed\n${lines.map(({ where, wrong }) => `    ${where}: ${wrong}`).join('\n')}`,
    [...new Set(lines.map(({ remedy }) => remedy))].join('\n  '),
  );
}
