import { join, resolve } from 'node:path';
import { describe } from '../../checker/causes';
import { grouped } from '../../checker/manifests/grouped';
import { nameOf } from '../../checker/manifests/workloads';
import { type Problem, withoutSecrets } from '../../checker/problem';
import { applies } from '../../checker/rule';
import { oneLine } from '../../formats/visible';
import type { Environment } from '../../lib/environments/environment';
import { rules, runChecks } from '../../rules';
import { parseEnvironments } from '../../rules/environments';
import type { CopedSubject } from '../../rules/rule';
import { subjectOf } from '../../rules/subject';
import { type Committed, environmentAt } from '../dist/committed';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';
import type { Remark } from './documents';
import { manifestFiles } from './files';
import { type Checked, type FilePlace, type Found, found, nothingFound, objectAndPath } from './found';
import type { Misfit } from './kubernetes-api';
import { type Objects, objectsIn, type Unfit } from './objects';
import { placesOf } from './places';

/**
 * Checks the objects in any folder or file.
 * @throws RefusedError if there are none
 */
export function checkFolder(world: World, path: string, before: Committed): Checked {
  const environment = ownFolder(world, path);
  const objects = objectsIn(manifestFiles(path));
  const { manifests, unfit, remarks } = objects;
  const count = manifests.length + unfit.filter(({ rest }) => !rest).length;
  if (count === 0) {
    const nothing = `${path}: has no Kubernetes object in it`;
    throw new RefusedError([...remarks.map(sentence), nothing].join('\n'));
  }
  const subject: CopedSubject = environment
    ? subjectOf(environment, manifests, environmentAt(before, environment.name))
    : { environment: path, manifests };
  const skipped = environment ? [] : rules.filter((rule) => !applies(rule, subject)).map(({ id }) => id);
  const target = { name: path, objects: count, rules: rules.length - skipped.length, skipped };
  const notes = environment ? [] : remarks.filter(({ meant }) => !meant);
  const findings = distinct([
    ...remarks.filter(({ meant }) => meant).map((remark) => unreadable(path, remark)),
    ...unfit.flatMap((one) => one.misfits.map((misfit) => unfitting(path, one, misfit))),
    ...runChecks(subject)
      .filter((problem) => !followsFrom(problem, objects))
      .map((problem) => shown(path, problem, placesOf(problem, objects))),
  ]);
  const text = [
    ...notes.map((note) => oneLine(`Note: ${sentence(note)}.`)),
    ...(environment ? [] : [`Skipped, because they require COPED's own model: ${skipped.join(', ')}.`]),
    findings.length > 0 ? byObject(findings) : nothingFound(target),
  ].join('\n');
  const [file = path] = [...objects.places.values()].map((place) => place.file);
  return { targets: [target], notes, findings, file, text, count: findings.length };
}

/** The environment that a folder of our own `dist/` belongs to: of that one everything is known. */
const ownFolder = ({ environments, root }: World, path: string): Environment | undefined =>
  parseEnvironments(environments).find(({ name }) => resolve(path) === join(root, 'dist', name));

/** Labels of a bare Pod are those of an object and of a pod. */
const distinct = (findings: readonly Found[]): Found[] => [
  ...new Map(findings.map((one) => [JSON.stringify(one), one])).values(),
];

const sentence = ({ file, line, wrong }: Remark): string => oneLine(`${file}:${line}: ${wrong}`);

/** The path is what the user has typed: it is shown even where it looks like a secret. */
const shown = (path: string, problem: Problem, places: readonly FilePlace[]): Found =>
  found({ ...withoutSecrets(problem), environment: path }, placed(places));

const unreadable = (environment: string, { file, line, wrong, remedy }: Remark): Found => {
  const problem = { environment, check: 'syntax', where: '', wrong };
  return shown(environment, { ...problem, remedy: remedy ?? 'Correct it: kubectl refuses it as well' }, [
    { file, line },
  ]);
};

function unfitting(environment: string, { manifest, place }: Unfit, misfit: Misfit): Found {
  const { path, wrong, remedy = 'Write what the reference of the kind says' } = misfit;
  const value = path.reduce<unknown>(
    (part, step) => (part as Record<string, unknown> | undefined)?.[step],
    manifest,
  );
  const field = path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1);
  const where = `${nameOf(manifest)} ${field}`;
  const problem = { environment, check: 'schema', where, value, wrong, remedy };
  return shown(environment, problem, [{ file: place.file, line: place.line(path) }]);
}

/** The first place, and the others of what is written several times. */
function placed([first, ...also]: readonly FilePlace[]): Pick<Found, 'file' | 'line' | 'also'> {
  return { ...first, ...(also.length > 0 && { also }) };
}

/** Whether all of its objects are without a value of the wrong type: what else is wrong with them may follow from it. */
function followsFrom({ objects = [] }: Problem, { manifests, unfit }: Objects): boolean {
  const changed = new Set<unknown>(unfit.flatMap(({ manifest, rest }) => (rest !== manifest ? rest : [])));
  return objects.length > 0 && objects.every((position) => changed.has(manifests[position]));
}

/** As people read it: each object once, with its findings below. */
function byObject(findings: readonly Found[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const numbers = [count(errors, 'error'), count(findings.length - errors, 'warning')].join(', ');
  const groups = grouped(findings.map((one) => [objectAndPath(one.where).object || one.file || '', one]));
  const texts = [...groups].map(([object, ones]) => `${oneLine(object)}\n${ones.map(line).join('\n')}`);
  return `${count(findings.length, 'finding')}: ${numbers}\n\n${texts.join('\n\n')}\n`;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

function line(finding: Found): string {
  const { environment, file, line, also = [], severity, where } = finding;
  const { object, path } = objectAndPath(where);
  const at = [{ file, line }, ...also].map((one) => `${one.file}:${one.line}`);
  const place = file === undefined ? environment : at.join(', ');
  return describe({ ...finding, environment: `${place}: ${severity}`, where: path || object });
}
