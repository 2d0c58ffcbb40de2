import type { Misfit } from '../kubernetes-api';
import table from './refused.json';

/** What a field may not be, if the others are what they are. */
type Condition =
  /** Whether it is set; an empty text or list is not. */
  | boolean
  /** Not there at all. */
  | 'absent'
  /** One of these; null where it is not set. */
  | readonly (string | number | boolean | null)[]
  | {
      /** None of these. */
      readonly not?: readonly (string | number | null)[];
      readonly like?: string;
      readonly unlike?: string;
      /** Above this number, or that of another field. */
      readonly over?: number | string;
      /** Not the same as another field. */
      readonly other?: string;
      /** A list of more items. */
      readonly longer?: number;
      /** A list with this in it. */
      readonly with?: string;
    };

type Conditions = Readonly<Record<string, Condition | undefined>>;

interface Refused {
  /** Types: `core.v1.Probe`. */
  readonly of: readonly string[];
  /** Refused where all of these are true; paths of more fields have spaces in them: `template spec`. */
  readonly when?: Conditions;
  /** And there, of the items of lists: `containers[] ports[]`. */
  readonly each?: string;
  readonly where?: Conditions;
  /** The field that is wrong, or would be right. */
  readonly at?: string;
  readonly wrong: string;
  readonly remedy: string;
}

interface Choice {
  readonly of: readonly string[];
  /** At most one of these may be set, or of all fields `but` these; and one must be, if it is `needed`. */
  readonly one?: readonly string[];
  readonly but?: readonly string[];
  readonly needed?: boolean;
}

/**
 * Combinations that the API server refuses, though each field is right. From its validation:
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
 */
const choices: readonly Choice[] = table.choices;
// To the compiler the condition 'absent' is any text.
const refused = table.refused as readonly Refused[];

type Path = Misfit['path'];
type Values = Readonly<Record<string, unknown>>;

/** What is refused of one object of a type. */
export function refusals(type: string, value: Values, path: Path): Misfit[] {
  return [
    ...choices.filter(({ of }) => of.includes(type)).flatMap((choice) => chosen(choice, value, path)),
    ...refused
      .filter(({ of, when = {} }) => of.includes(type) && all(when, value))
      .flatMap(({ each, where = {}, at, wrong, remedy }) =>
        items(value, each?.split(' ') ?? [], path)
          .filter(([item]) => all(where, item))
          .map(([, found]) => ({ path: [...found, ...steps(at)], wrong, remedy, blocks: false })),
      ),
  ];
}

function chosen({ one, but = [], needed }: Choice, value: Values, path: Path): Misfit[] {
  const candidates = one ?? Object.keys(value).filter((field) => !but.includes(field));
  const [first, second] = candidates.filter((field) => isSet(value[field]));
  if (second) {
    const remedy = 'Keep one of them';
    return [{ path: [...path, second], wrong: `cannot be beside ${first}`, remedy, blocks: false }];
  }
  if (first || !needed) return [];
  return [{ path, wrong: `needs one of ${candidates.join(', ')}`, remedy: 'Add it', blocks: false }];
}

const steps = (path = ''): string[] => path.split(' ').filter(Boolean);

/** `containers[] ports[]` → every port of every container, and its path. */
function items(value: unknown, [step, ...more]: readonly string[], path: Path): [unknown, Path][] {
  if (step === undefined) return [[value, path]];
  const field = step.replace('[]', '');
  const next = at(value, field);
  if (field === step) return items(next, more, [...path, field]);
  return isList(next) ? next.flatMap((item, i) => items(item, more, [...path, field, i])) : [];
}

const at = (value: unknown, path: string): unknown =>
  steps(path).reduce<unknown>(
    (part, field) => (typeof part === 'object' && part !== null ? (part as Values)[field] : undefined),
    value,
  );

/** Empty texts and lists count as absent, empty objects do not. */
const isSet = (value: unknown): boolean =>
  value !== undefined && value !== '' && !(isList(value) && value.length === 0);

const all = (conditions: Conditions, value: unknown): boolean =>
  Object.entries(conditions).every(
    ([path, condition]) => condition === undefined || holds(condition, at(value, path), value),
  );

function holds(condition: Condition, value: unknown, beside: unknown): boolean {
  const given = isSet(value) ? value : null;
  if (condition === 'absent') return value === undefined;
  if (typeof condition === 'boolean') return (given !== null) === condition;
  if (isList(condition)) return condition.some((one) => one === given);
  const { not, like, unlike, over, other, longer } = condition;
  const limit = typeof over === 'string' ? at(beside, over) : over;
  return [
    !not?.some((one) => one === given),
    like === undefined || (given !== null && RegExp(like).test(String(given))),
    unlike === undefined || (given !== null && !RegExp(unlike).test(String(given))),
    over === undefined || Number(value) > Number(limit),
    other === undefined || (given !== null && isSet(at(beside, other)) && at(beside, other) !== given),
    longer === undefined || (isList(value) && value.length > longer),
    condition.with === undefined || (isList(value) && value.includes(condition.with)),
  ].every(Boolean);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
