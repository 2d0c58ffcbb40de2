import type { z } from 'zod';
import { didYouMean } from '../../formats/nearest';
import { ONCE } from '../kubernetes/values';
import { type Environment, environmentSchema } from './environment';
import { imagesFile } from './images';
import type { SettingProblem } from './problem';
import { untriedImages } from './trial';
import { notUnique } from './unique';

const SCHEMA = 'lib/environments/environment.ts';

/** Checks environments against the schema and fills in the defaults; with everything that is wrong in any of them. */
export function readEnvironments(inputs: readonly unknown[]): {
  readonly environments: Environment[];
  readonly problems: readonly SettingProblem[];
} {
  const results = inputs.map((input) => ({ input, result: environmentSchema.safeParse(input, ONCE) }));
  const parsed = results.flatMap(({ result }) => (result.success ? [result.data] : []));
  const problems = [
    ...results.flatMap(({ input, result }) =>
      input === undefined
        ? NOT_EXPORTED
        : (result.error?.issues ?? []).flatMap((issue) => problemsOf(nameOf(input), input, issue)),
    ),
    ...sameNames(inputs.map(nameOf)),
    ...notUnique(parsed),
    ...untriedImages(parsed),
  ];
  return { environments: parsed, problems };
}

const NOT_EXPORTED: SettingProblem = {
  environment: 'an environment without a name',
  where: 'lib/environments/index.ts',
  wrong: 'lists an environment that its file does not export',
  remedy: 'Export it there, or remove it from the list',
};

const nameOf = (input: unknown): string => {
  const name = valueAt(input, ['name']);
  return typeof name === 'string' ? name : 'an environment without a name';
};

function problemsOf(environment: string, input: unknown, issue: z.core.$ZodIssue): SettingProblem[] {
  const where = issue.path.map(String);
  if (issue.code === 'invalid_union') {
    // Of several forms, the one that this has the keys of says what is wrong in it.
    const isMeant = (one: z.core.$ZodIssue) =>
      one.path.length > 0 &&
      one.code !== 'unrecognized_keys' &&
      valueAt(input, [...where, ...one.path.map(String)]) !== undefined;
    const meant = issue.errors.find((form) => form.every(isMeant)) ?? [];
    if (meant.length > 0) {
      const inside = meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
      return inside.flatMap((one) => problemsOf(environment, input, one));
    }
  }
  // Images are in a file of their own.
  const place = where[0] === 'images' ? `, in ${imagesFile(environment)}` : '';
  const value = valueAt(input, where);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      environment,
      where: [...where, key].join('.'),
      value: valueAt(input, [...where, key]),
      wrong: 'is not a setting',
      remedy: `${didYouMean(key, settingNames(environmentSchema, where))}Remove it${place}, or see ${SCHEMA} for what there is to set`,
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
  const { message } = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue;
  const [wrong = '', ...remedy] = message.split('; ');
  return [
    {
      environment,
      where: where.join('.'),
      // An application is a page of code.
      ...(where[0] !== 'application' && { value }),
      wrong: remedy.length > 0 ? wrong : `does not fit: ${wrong}`,
      remedy:
        remedy.length > 0
          ? `${capitalised(remedy.join('; '))}${place}`
          : `See ${SCHEMA} for what is allowed here`,
    },
  ];
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const valueAt = (value: unknown, [key, ...rest]: string[]): unknown =>
  key === undefined ? value : valueAt((value as Record<string, unknown> | undefined)?.[key], rest);

const sameNames = (names: string[]): SettingProblem[] =>
  names
    .filter((name, i) => names.indexOf(name) !== i)
    .map((name) => ({
      environment: name,
      where: 'name',
      value: name,
      wrong: 'is the name of two environments',
      remedy: 'Give each a name of its own: it is the name of its namespace and its folder',
    }));

/** The parts of a schema that others are in. */
interface Parts {
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
}

/** Every name that a schema knows at a place, in any of its alternatives. */
function settingNames(schema: z.ZodType, [key, ...rest]: readonly string[]): string[] {
  const { innerType, in: input, options = [], shape = {} } = schema.def as Parts;
  const inner = [innerType, input, ...options].flatMap((part) =>
    part ? settingNames(part, key === undefined ? [] : [key, ...rest]) : [],
  );
  if (key === undefined) return [...Object.keys(shape), ...inner];
  const child = shape[key];
  return [...(child ? settingNames(child, rest) : []), ...inner];
}
