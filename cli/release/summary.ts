import { deletion } from '../../checker/immutable/field';
import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import { withoutSecrets } from '../../checker/problem';
import type { Environment } from '../../lib/environments/environment';
import { asText as planAsText } from '../plan/text';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { keptByHand } from './manual-changes';
import { NOT_OURS } from './ownership';
import { deployedOf } from './records';
import type { Release } from './release';
import type { View } from './view';

/** The plan and remarks, for people. */
export function asText({ terminal }: World, view: View, { origin }: Release): string {
  return [
    planAsText(view.plan, 'what runs in the cluster', terminal.paintResult, origin),
    ...remarks(view).map((remark) => `${remark}\n`),
  ].join('\n');
}

/** What the deploy does not change, although the sources do not describe it. */
function remarks({ live, left, plan, difference }: View): string[] {
  const planned = new Set(plan.parts.flatMap(({ entries }) => entries.map(({ about }) => about)));
  const old = left.map(({ object, why }) => ({ object: object as Manifest, why }));
  return [
    ...section(
      'Set by hand and kept, because the sources say nothing about it:',
      keptByHand(live, difference.changed),
    ),
    ...section(
      'Left from earlier releases:',
      old
        .filter(({ object }) => !planned.has(nameOf(object)))
        .map(({ object, why }) => {
          const command = why === NOT_OURS ? '' : `; \`${deletion(object)}\``;
          return `${nameOf(object)}, because ${why}${command}`;
        }),
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
  deployed: deployedOf(view.records).at(-1)?.number ?? null,
  summary: view.plan.summary,
  sections: view.plan.parts.map(({ section: { title }, entries }) => ({ title, entries })),
  keptByHand: keptByHand(view.live, view.difference.changed),
  left: view.left.map(({ object, why }) => ({ object: nameOf(object as Manifest), why })),
});

/** @throws RefusedError for a release that the cluster would reject half way */
export function refuseImpossible({ refused }: View): void {
  if (refused.length === 0) return;
  const lines = refused.map((finding: Finding) => withoutSecrets({ environment: '', ...finding }));
  throw new RefusedError(
    `this release cannot be deployed\n${lines.map(({ where, wrong }) => `    ${where}: ${wrong}`).join('\n')}`,
    [...new Set(lines.map(({ remedy }) => remedy))].join('\n  '),
  );
}
