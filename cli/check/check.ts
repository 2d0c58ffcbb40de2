import { existsSync } from 'node:fs';
import { summary } from '../../checker/causes';
import { Problems } from '../../checker/problems';
import { didYouMean } from '../../formats/nearest';
import { rules } from '../../rules';
import { select } from '../../rules/environments';
import { synthesize } from '../../rules/synthesize';
import { type Committed, committedManifests, distAt, lastDist } from '../dist/committed';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { checkFolder } from './folder';
import { type Format, formats } from './formats';
import { type Checked, found, nothingFound } from './found';

const ENVIRONMENTS = 'lib/environments/index.ts';

/**
 * Checks environments, folders and files; prints what was found.
 * @param targets every environment if there are none
 * @returns the number of findings
 * @throws RefusedError if one of them cannot be checked
 */
export function check(
  world: World,
  targets: readonly string[],
  { against, format }: { readonly against?: string; readonly format: Format },
): number {
  const before = against === undefined ? lastDist(world.root) : distAt(world.root, against);
  const results =
    targets.length === 0
      ? [checkEnvironments(world, [], before)]
      : targets.map((target) => checkTarget(world, target, before));
  world.terminal.print(formats[format](results));
  return results.reduce((sum, { findings, count }) => sum + (format === 'text' ? count : findings.length), 0);
}

function checkTarget(world: World, target: string, before: Committed): Checked {
  const names = world.environments.map(({ name }) => name);
  if (names.includes(target)) return checkEnvironments(world, [target], before);
  if (existsSync(target)) return checkFolder(world, target, before);
  throw new RefusedError(
    `${target}: is neither an environment nor a folder or file that exists here`,
    `${didYouMean(target, names)}Environments are ${names.join(', ')}`,
  );
}

function checkEnvironments({ environments }: World, targets: readonly string[], before: Committed): Checked {
  const chosen = select(environments, targets);
  // A smaller copy is compared with its model, so that is checked as well.
  const models = chosen.flatMap(({ shapeOf }) => shapeOf ?? []);
  const together = environments.filter((one) => chosen.includes(one) || models.includes(one.name));
  const results = chosen.map(({ name }) => ({ name, rules: rules.length, skipped: [] }));
  try {
    const folders = synthesize(together, (...args) => committedManifests(before, ...args));
    const count = (name: string): number =>
      folders.filter((one) => one.name === name).flatMap(({ files }) => files.flatMap((one) => one.manifests))
        .length;
    const counted = results.map((one) => ({ ...one, objects: count(one.name) }));
    const text = counted.map(nothingFound).join('\n');
    return { targets: counted, notes: [], findings: [], file: ENVIRONMENTS, text, count: 0 };
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    const { count, texts } = summary(error.problems);
    const findings = error.problems.map((problem) => found(problem, { file: problem.source }));
    const text = `${count === 1 ? '1 finding' : `${count} findings`}\n\n${texts.join('\n')}\n`;
    return { targets: results, notes: [], findings, file: ENVIRONMENTS, text, count };
  }
}
