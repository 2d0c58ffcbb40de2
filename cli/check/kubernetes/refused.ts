import { within } from '../../../formats/cidr';
import table from './refused.json';
import type { Misfit } from './types';

/**
 * A condition for a field: whether it is `true` that it is set (an empty text or list is not), `'absent'`, a list of what it may
 * be (null where it is not set), or all of these.
 */
type Condition =
  | boolean
  | string
  | readonly unknown[]
  | {
      readonly not?: readonly unknown[];
      readonly like?: string;
      readonly unlike?: string;
      /** Above this number, or that in another field. */
      readonly over?: number | string;
      /** Not what is in another field. */
      readonly other?: string;
      /** A list of more items, or with this one. */
      readonly longer?: number;
      readonly with?: string;
      /** A list of ranges of addresses, not all of them inside of that in another field. */
      readonly outside?: string;
    };

/** By paths, which have spaces in them: `template spec`. */
type Conditions = Readonly<Record<string, Condition | undefined>>;

interface Refused {
  /** Types: `core.v1.Probe`. */
  readonly of: readonly string[];
  /** Refused where all of these are true; and there, of the items of lists: `containers[] ports[]`. */
  readonly when?: Conditions;
  readonly each?: string;
  readonly where?: Conditions;
  /** The field that is wrong, or would be right. */
  readonly at?: string;
  readonly wrong: string;
  readonly remedy: string;
}

interface Choice {
  readonly of: readonly string[];
  /** At most one of these, or of all fields `but` these, may be set; and one must be, if it is `needed`. */
  readonly one?: readonly string[];
  readonly but?: readonly string[];
  readonly needed?: boolean;
}

/**
 * Combinations that the API server refuses, though each field is right. From its validation:
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
 */
const choices: readonly Choice[] = table.choices;
const refused: readonly Refused[] = table.refused;

type Path = Misfit['path'];
type Values = Readonly<Record<string, unknown>>;

/** What is refused of one object of a type. */
export const refusals = (type: string, value: Values, path: Path): Misfit[] => [
  ...choices.filter(({ of }) => of.includes(type)).flatMap((choice) => chosen(choice, value, path)),
  ...refused
    .filter(({ of, when }) => of.includes(type) && all(when, value))
    .flatMap(({ each, where, at, wrong, remedy }) =>
      items(value, each?.split(' ') ?? [], path)
        .filter(([item]) => all(where, item))
        .map(([, found]) => ({ path: [...found, ...(at?.split(' ') ?? [])], wrong, remedy, blocks: false })),
    ),
];

function chosen({ one, but = [], needed }: Choice, value: Values, path: Path): Misfit[] {
  const candidates = one ?? Object.keys(value).filter((field) => !but.includes(field));
  const [first, second] = candidates.filter((field) => isSet(value[field]));
  const found = { remedy: second ? 'Keep one of them' : 'Add it', blocks: false };
  if (second) return [{ path: [...path, second], wrong: `cannot be beside ${first}`, ...found }];
  return first || !needed ? [] : [{ path, wrong: `needs one of ${candidates.join(', ')}`, ...found }];
}

/** `containers[] ports[]` → every port of every container, and its path. */
function items(value: unknown, [step, ...more]: readonly string[], path: Path): [unknown, Path][] {
  if (step === undefined) return [[value, path]];
  const field = step.replace('[]', '');
  const next = at(value, field);
  return isList(next) ? next.flatMap((item, i) => items(item, more, [...path, field, i])) : [];
}

const at = (value: unknown, path: string): unknown =>
  path.split(' ').reduce((part, field) => (part as Values | undefined)?.[field], value);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isSet = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(isList(value) && value.length === 0);

const all = (conditions: Conditions = {}, value: unknown): boolean =>
  Object.entries(conditions).every(
    ([path, condition]) => condition === undefined || holds(condition, at(value, path), value),
  );

function holds(condition: Condition, value: unknown, beside: unknown): boolean {
  const given = isSet(value) ? value : null;
  if (typeof condition === 'string') return value === undefined;
  if (typeof condition === 'boolean') return (given !== null) === condition;
  if (isList(condition)) return condition.includes(given);
  const { not, like, unlike, over, other, longer, outside } = condition;
  const limit = typeof over === 'string' ? at(beside, over) : over;
  return (
    !not?.includes(given) &&
    (like === undefined || RegExp(like).test(String(given ?? ''))) &&
    (unlike === undefined || (given !== null && !RegExp(unlike).test(String(given)))) &&
    (over === undefined || Number(value) > Number(limit)) &&
    (other === undefined ||
      (given !== null && at(beside, other) !== undefined && at(beside, other) !== given)) &&
    (longer === undefined || (isList(value) && value.length > longer)) &&
    (condition.with === undefined || (isList(value) && value.includes(condition.with))) &&
    (outside === undefined || (isList(value) && !value.every(isPart(at(beside, outside)))))
  );
}

const isPart = (range: unknown) => (part: unknown) =>
  within(String(part), String(range)) && !within(String(range), String(part));
