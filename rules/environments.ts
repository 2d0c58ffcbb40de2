import type { Problem } from '../checker/problem';
import { Problems } from '../checker/problems';
import { leakIn } from '../checker/secrets/leaks';
import { didYouMean } from '../formats/nearest';
import { environments as all } from '../lib/environments';
import type { Environment } from '../lib/environments/environment';
import { readEnvironments } from '../lib/environments/parse';

/**
 * Checks environments against the schema and fills in the defaults.
 * @throws Problems with everything that is wrong in any of them.
 */
export function parseEnvironments(inputs: readonly unknown[]): Environment[] {
  const { environments, problems: ofSettings } = readEnvironments(inputs);
  const problems = [...ofSettings, ...environments.flatMap(wrongShape), ...environments.flatMap(givenAway)];
  if (problems.length > 0) throw new Problems(problems.map(withFile));
  return environments;
}

// A file that exports nothing under the name in the list is found by the schema.
const names: readonly string[] = all.flatMap((environment) => environment?.name ?? []);

/** A copy of nothing would be compared with nothing, and what it runs would pass for tried. */
function wrongShape({ name, shapeOf }: Environment, _: number, environments: Environment[]): Problem[] {
  if (shapeOf === undefined) return [];
  const hosted = [...all, ...environments].filter((each) => each?.kind === 'hosted').map((each) => each.name);
  const others = [...new Set(hosted)].filter((other) => other !== name);
  if (others.includes(shapeOf)) return [];
  const wrong =
    shapeOf === name
      ? 'is this environment itself'
      : 'is no hosted environment that this one could be a copy of';
  const choice = others.length > 0 ? `Write ${others.join(' or ')}, or remove the key` : 'Remove the key';
  const remedy = `${didYouMean(shapeOf, others)}${choice}`;
  return [{ environment: name, where: 'shapeOf', value: shapeOf, wrong, remedy }];
}

/** What is said for people ends in comments and pages, where no rule looks for secrets. */
function givenAway({ name: environment, application, elasticsearch }: Environment): Problem[] {
  const { calls = [], credentials = {}, secrets } = application;
  const texts = [
    ...calls.map(({ why }) => ['application.calls', why] as const),
    ...Object.values(credentials).flatMap(({ purpose, from }) =>
      [purpose, from].map((text) => ['application.credentials', text] as const),
    ),
    ...(secrets === 'files' ? [] : [['application.secrets.variables', secrets.variables] as const]),
    ...(elasticsearch?.clients
      ? [['elasticsearch.clients.plain', elasticsearch.clients.plain] as const]
      : []),
  ];
  return texts.flatMap(([where, text]) => {
    const what = leakIn(text);
    if (what === undefined) return [];
    const place = where.startsWith('application') ? ", in the application's file in lib/applications" : '';
    const remedy = `Say it without the value${place}, and change the secret: it is in Git, for everybody who can read it`;
    return [{ environment, where, wrong: `gives away ${what}`, remedy }];
  });
}

/**
 * Settings are in the file that has the name of their environment; images have one of their own, which their remedies name, and so has
 * an application.
 */
const withFile = (problem: Problem): Problem =>
  names.includes(problem.environment) && !/^(images|application\.)/.test(problem.where)
    ? { ...problem, source: `lib/environments/${problem.environment}.ts` }
    : problem;

/**
 * The environments with these names, or all of them.
 * @throws Problems if a name is not known.
 */
export function select<E extends { name: string }>(all: readonly E[], names: readonly string[]): E[] {
  const known = all.flatMap((environment) => environment?.name ?? []);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const remedy = (name: string) =>
      `${didYouMean(name, known)}Choose from ${known.join(', ')}; a new one is a file in lib/environments and a line in its index.ts`;
    throw new Problems(
      unknown.map((name) => ({
        environment: name,
        where: 'name',
        value: name,
        wrong: 'is not an environment',
        remedy: remedy(name),
      })),
    );
  }
  return all.filter((environment) => names.length === 0 || names.includes(environment?.name));
}
