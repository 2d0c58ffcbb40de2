import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, oneLine, Problems } from '../../checker/problem';
import { applies } from '../../checker/rule';
import { environments } from '../../lib/environments';
import type { Environment } from '../../lib/environments/environment';
import { rules, runChecks } from '../../rules';
import { parseEnvironments, select } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { synthesize } from '../../rules/synthesize';
import { type Committed, committedManifests, distAt, environmentAt, lastDist } from '../dist/committed';
import { RefusedError } from '../terminal/errors';
import { manifestFiles } from './files';
import { lineOf } from './lines';
import { objectsIn } from './objects';

const HELP = `Judges manifests by the rules in docs/checks.md. Writes nothing, asks no cluster.

  npm run check                      every environment, as the sources say it now
  npm run check -- production        one of them
  npm run check -- path/to/folder    any folder (or file) of Kubernetes YAML or JSON, also somebody else's;
                                     what only COPED's own model knows, such as who may talk to whom, is skipped

  --against <ref>                    compare what must not change with dist/ of any commit, branch or tag of Git;
                                     without it with the last release tag, or else the last commit

Exit code 0: nothing found. 1: findings. 2: the input cannot be judged.
`;

const HOUSE = join(__dirname, '..', '..');
const names = environments.map(({ name }) => name);

/** @returns whether nothing was found */
function judge(target: string, before: Committed): boolean {
  if (names.includes(target)) return judgeEnvironments([target], before);
  if (existsSync(target)) return judgeFolder(target, before, ownFolder(target));
  throw new RefusedError(
    `${target}: is neither an environment (${names.join(', ')}) nor a folder that exists here`,
  );
}

function judgeEnvironments(targets: readonly string[], before: Committed): boolean {
  const chosen = select(environments, targets);
  // A smaller copy is held against its model, so that is judged as well.
  const models = chosen.flatMap(({ shapeOf }) => shapeOf ?? []);
  const together = environments.filter((one) => chosen.includes(one) || models.includes(one.name));
  try {
    const folders = synthesize(together, (...args) => committedManifests(before, ...args));
    for (const { name, files } of folders.filter(({ name }) => chosen.some((one) => one.name === name))) {
      const count = files.reduce((total, { manifests }) => total + manifests.length, 0);
      console.log(`${name}: ${count} objects, ${rules.length} rules, nothing found.`);
    }
    return true;
  } catch (error) {
    if (!(error instanceof Problems)) throw error;
    report(error.problems.map(describe));
    return false;
  }
}

/** The environment that a folder of our own `dist/` belongs to: of that one everything is known. */
const ownFolder = (path: string): Environment | undefined =>
  parseEnvironments(environments).find(({ name }) => resolve(path) === join(HOUSE, 'dist', name));

function judgeFolder(path: string, before: Committed, environment?: Environment): boolean {
  const { manifests, places, notes } = objectsIn(manifestFiles(path));
  if (manifests.length === 0) throw new RefusedError(`${path}: has no Kubernetes object in it`);
  const subject: CopedSubject = environment
    ? subjectOf(environment, manifests, environmentAt(before, environment.name))
    : { environment: path, manifests };
  const used = rules.filter((rule) => applies(rule, subject));
  const skipped = rules.filter((rule) => !applies(rule, subject)).map(({ id }) => id);
  if (!environment) {
    for (const note of notes) console.log(oneLine(`Note: ${note}.`));
    console.log(`Not judged, because only COPED's own model knows enough: ${skipped.join(', ')}.`);
  }
  const problems = runChecks(subject);
  if (problems.length === 0) {
    console.log(`${path}: ${manifests.length} objects, ${used.length} rules, nothing found.`);
    return true;
  }
  report(problems.map((problem) => describe({ ...problem, environment: lineOf(problem, places) ?? path })));
  return false;
}

const report = (findings: readonly string[]): void =>
  console.log(
    `${findings.length === 1 ? '1 finding' : `${findings.length} findings`}\n\n${findings.join('\n')}\n`,
  );

function main(): number {
  const { values, positionals } = parseArgs({
    options: { against: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const before = values.against === undefined ? lastDist() : distAt(values.against);
  const clean =
    positionals.length === 0
      ? [judgeEnvironments([], before)]
      : positionals.map((target) => judge(target, before));
  return clean.every(Boolean) ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  // Arguments that do not exist come as a TypeError with a code; whatever else fails is told in one line as well.
  const { message } = error as Error;
  console.error(error instanceof RefusedError ? message : `${message}\nSee npm run check -- --help`);
  process.exitCode = 2;
}
