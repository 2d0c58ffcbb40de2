import type { z } from 'zod';
import type { Problem } from '../../checker/problem';
import { Problems } from '../../checker/problem';
import { type Environment, environmentSchema } from './environment';
import { imagesFile } from './images';
import { untriedImages } from './trial';

/** Zod writes a program for each object that it checks, which pays for thousands of inputs, not for three. */
const ONCE = { jitless: true };

const SCHEMA = 'lib/environments/environment.ts';

/**
 * Checks environments against the schema and fills in the defaults.
 * @throws Problems with everything that is wrong in any of them.
 */
export function parseEnvironments(inputs: readonly unknown[]): Environment[] {
  const results = inputs.map((input) => ({ input, result: environmentSchema.safeParse(input, ONCE) }));
  const parsed = results.flatMap(({ result }) => (result.success ? [result.data] : []));
  const problems = [
    ...results.flatMap(({ input, result }) =>
      (result.error?.issues ?? []).flatMap((issue) => problemsOf(nameOf(input), input, issue)),
    ),
    ...sameNames(inputs.map(nameOf)),
    ...untriedImages(parsed),
  ];
  if (problems.length > 0) throw new Problems(problems);
  return parsed;
}

/**
 * The environments with these names, or all of them.
 * @throws Problems if a name is not known.
 */
export function select<E extends { name: string }>(all: readonly E[], names: readonly string[]): E[] {
  const known = all.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const remedy = `Choose from ${known.join(', ')}; a new one is a file in lib/environments and a line in its index.ts`;
    throw new Problems(
      unknown.map((name) => ({
        environment: name,
        where: 'name',
        value: name,
        wrong: 'is not an environment',
        remedy,
      })),
    );
  }
  return all.filter(({ name }) => names.length === 0 || names.includes(name));
}

const nameOf = (input: unknown): string => {
  const name = valueAt(input, ['name']);
  return typeof name === 'string' ? name : 'an environment without a name';
};

function problemsOf(environment: string, input: unknown, issue: z.core.$ZodIssue): Problem[] {
  const where = issue.path.map(String);
  // Images stand in a file of their own.
  const place = where[0] === 'images' ? `, in ${imagesFile(environment)}` : '';
  const value = valueAt(input, where);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      environment,
      where: [...where, key].join('.'),
      value: valueAt(input, [...where, key]),
      wrong: 'is not a setting',
      remedy: `Remove it${place}, or find the name that was meant in ${SCHEMA}`,
    }));
  }
  if (value === undefined) {
    return [
      {
        environment,
        where: where.join('.'),
        wrong: 'is missing',
        remedy: `Set it${place}; ${SCHEMA} says what it means`,
      },
    ];
  }
  // Our own messages are "what is wrong; remedy"; a few of zod's remain for values of the wrong type.
  const [wrong = '', ...remedy] = issue.message.split('; ');
  return [
    {
      environment,
      where: where.join('.'),
      value,
      wrong: remedy.length > 0 ? wrong : `does not fit: ${wrong}`,
      remedy:
        remedy.length > 0
          ? `${capitalised(remedy.join('; '))}${place}`
          : `See ${SCHEMA} for what may stand here`,
    },
  ];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const valueAt = (value: unknown, [key, ...rest]: string[]): unknown =>
  key === undefined ? value : valueAt((value as Record<string, unknown> | undefined)?.[key], rest);

const sameNames = (names: string[]): Problem[] =>
  names
    .filter((name, i) => names.indexOf(name) !== i)
    .map((name) => ({
      environment: name,
      where: 'name',
      value: name,
      wrong: 'is the name of two environments',
      remedy: 'Give each a name of its own: it is the name of its namespace and its folder',
    }));
