import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, summary } from '../../checker/causes';
import { oneLine, type Problem } from '../../checker/problem';
import { Problems } from '../../checker/problems';
import { applies } from '../../checker/rule';
import { didYouMean } from '../../formats/nearest';
import type { Environment } from '../../lib/environments/environment';
import { rules, runChecks } from '../../rules';
import { parseEnvironments, select } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { type Committed, committedManifests, distAt, environmentAt, lastDist } from '../dist/committed';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import { manifestFiles } from './files';
import { objectsIn } from './objects';
import { placesOf } from './places';

/**
 * Checks environments, folders and files; prints what was found.
 * @param targets every environment if there are none
 * @returns the number of findings
 * @throws RefusedError if one of them cannot be checked
 */
export function check(world: World, targets: readonly string[], against?: string): number {
  const before = against === undefined ? lastDist() : distAt(against);
  if (targets.length === 0) return checkEnvironments(world, [], before);
  return targets
    .map((target) => checkTarget(world, target, before))
    .reduce((sum, findings) => sum + findings, 0);
}

function checkTarget(world: World, target: string, before: Committed): number {
  const names = world.environments.map(({ name }) => name);
  if (names.includes(target)) return checkEnvironments(world, [target], before);
  if (existsSync(target)) return checkFolder(world, target, before);
  throw new RefusedError(
    `${target}: is neither an environment nor a folder or file that exists here`,
    `${didYouMean(target, names)}Environments are ${names.join(', ')}`,
  );
}

function checkEnvironments(
  { terminal, environments }: World,
  targets: readonly string[],
  before: Committed,
): number {
  const chosen = select(environments, targets);
  // A smaller copy is compared with its model, so that is checked as well.
  const models = chosen.flatMap(({ shapeOf }) => shapeOf ?? []);
  const together = environments.filter((one) => chosen.includes(one) || models.includes(one.name));
  try {
    const folders = synthesize(together, (...args) => committedManifests(before, ...args));
    for (const { name, files } of folders.filter(({ name }) => chosen.some((one) => one.name === name))) {
      const count = files.reduce((total, { manifests }) => total + manifests.length, 0);
      terminal.print(`${name}: ${count} objects, ${rules.length} rules, nothing found.`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    const { count, texts } = summary(error.problems);
    return report(terminal, count, texts);
  }
}

function checkFolder(world: World, path: string, before: Committed): number {
  const { terminal } = world;
  const environment = ownFolder(world, path);
  const { manifests, places, notes } = objectsIn(manifestFiles(path));
  if (manifests.length === 0) throw new RefusedError(`${path}: has no Kubernetes object in it`);
  const subject: CopedSubject = environment
    ? subjectOf(environment, manifests, environmentAt(before, environment.name))
    : { environment: path, manifests };
  const used = rules.filter((rule) => applies(rule, subject));
  if (!environment) {
    const skipped = rules.filter((rule) => !applies(rule, subject)).map(({ id }) => id);
    for (const note of notes) terminal.print(oneLine(`Note: ${note}.`));
    terminal.print(`Skipped, because they require COPED's own model: ${skipped.join(', ')}.`);
  }
  const problems = runChecks(subject);
  if (problems.length > 0) {
    const placeOf = (one: Problem) =>
      placesOf(one, { manifests, places })
        .map(({ file, line }) => `${file}:${line}`)
        .join(', ');
    const found = problems.map((one) => describe({ ...one, environment: placeOf(one) || path }));
    return report(terminal, found.length, found);
  }
  terminal.print(`${path}: ${manifests.length} objects, ${used.length} rules, nothing found.`);
  return 0;
}

/** The environment that a folder of our own `dist/` belongs to: of that one everything is known. */
const ownFolder = ({ environments, root }: World, path: string): Environment | undefined =>
  parseEnvironments(environments).find(({ name }) => resolve(path) === join(root, 'dist', name));

function report(terminal: World['terminal'], count: number, texts: readonly string[]): number {
  terminal.print(`${count === 1 ? '1 finding' : `${count} findings`}\n\n${texts.join('\n')}\n`);
  return count;
}
