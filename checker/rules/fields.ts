import type { Finding } from '../problem';

/** A field, and what is wrong with it, if anything is. */
export type Field = readonly [
  field: string,
  value: unknown,
  wrong: string | false | undefined,
  remedy: string,
];

/** What is wrong with the fields of one part of an object. */
export const fieldFindings = (path: string, fields: readonly Field[]): Finding[] =>
  fields.flatMap(([field, value, wrong, remedy]) =>
    wrong ? { where: `${path}.${field}`, value, wrong, remedy } : [],
  );
