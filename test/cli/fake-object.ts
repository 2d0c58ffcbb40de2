import type { ApiObject } from '../../cli/cluster/api-object';

/** An object as tests write it down. */
export type Given = Omit<ApiObject, 'apiVersion'> & { readonly apiVersion?: string };

/** An object of a fake cluster: tests know what it has, and may change it. */
export type Stored = Whole<ApiObject>;

type Whole<T> = T extends readonly (infer Item)[]
  ? Item[]
  : string extends keyof T
    ? Record<string, T[keyof T]>
    : T extends object
      ? { -readonly [K in keyof T]-?: Whole<NonNullable<T[K]>> }
      : T;

/** A copy, as it comes over the network. */
export const stored = (object: Given): Stored => JSON.parse(JSON.stringify({ apiVersion: 'v1', ...object }));

/** What tests know to be there. */
export function the<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('it is not there');
  return found;
}

/** Whether a value has fields. */
export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
