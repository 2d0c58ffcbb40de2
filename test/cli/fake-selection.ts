import { type Given, isFields, type Stored } from './fake-object';
import type { Call } from './fake-world';

export interface Target {
  readonly kinds: readonly string[];
  readonly names: readonly string[];
  readonly matches: (object: Stored) => boolean;
}

/** The objects that a call is about. */
export function targetOf(call: Call): Target | undefined {
  const [, types, ...names] = call.args.filter((word) => !word.startsWith('-') && !word.includes('='));
  if (flag(call, 'filename') === '-') {
    const items = itemsOf(call);
    return { kinds: [], names: [], matches: (object) => items.some((item) => isSame(object, item)) };
  }
  if (types === undefined) return undefined;
  const kinds = types.split(',').map(singular);
  const namespace = flag(call, 'all-namespaces') !== undefined ? undefined : flag(call, 'namespace');
  const [labels, fields] = [flag(call, 'selector'), flag(call, 'field-selector')];
  return {
    kinds,
    names,
    matches: (object) =>
      kinds.includes(object.kind.toLowerCase()) &&
      (names.length === 0 || names.includes(object.metadata.name)) &&
      [undefined, object.metadata.namespace ?? namespace].includes(namespace) &&
      fulfils(labels, (key) => object.metadata.labels?.[key]) &&
      fulfils(fields, (path) => valueAt(object, path.split('.'))),
  };
}

/** The value of `--name=value`; an empty string for `--name` alone. */
export const flag = ({ args }: Call, name: string): string | undefined =>
  args.find((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))?.slice(name.length + 3);

/** `Pod` of `pods`, `Certificate` of `certificates.cert-manager.io`, in lower case. */
const singular = (word: string): string =>
  (word.toLowerCase().split('.')[0] ?? '').replace(/ies$/, 'y').replace(/(?<=ss)es$|(?<!s)s$/, '');

/** Whether labels or fields match a selector: `a=b,c,!d`. */
const fulfils = (selector: string | undefined, value: (key: string) => unknown): boolean =>
  (selector?.split(',') ?? []).every((part) => {
    const [key = '', wanted] = part.split('=');
    if (wanted !== undefined) return value(key) === wanted;
    return part.startsWith('!') ? value(part.slice(1)) === undefined : value(part) !== undefined;
  });

export const isSame = (a: Given, b: Given): boolean =>
  a.kind === b.kind && a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;

/** The value of a field, however deep. */
export const valueAt = (object: unknown, path: readonly string[]): unknown =>
  path.reduce((at, key) => (isFields(at) ? at[key] : undefined), object);

export function itemsOf({ options }: Call): Stored[] {
  const input: Stored & { readonly items?: Stored[] } = JSON.parse(String(options.input));
  return input.items ?? [input];
}
