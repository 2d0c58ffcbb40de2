import { mayStartPods } from '../analysis/mentions';
import type { Manifest } from '../manifests/manifest';
import { mayHaveOthers } from '../manifests/namespaces';
import { dig } from '../manifests/workloads';
import type { Finding } from '../problem';

/** A field, what is wrong with its value if anything is, and the remedy. */
export type Field = readonly [
  field: string,
  wrong: (value: unknown) => string | false | undefined,
  remedy: string,
];

/** What is wrong with the fields of one part of an object. */
export const fieldFindings = (path: string, part: unknown, fields: readonly Field[]): Finding[] =>
  fields.flatMap(([field, check, remedy]) => {
    const value = dig(part, field);
    const wrong = check(value);
    return wrong ? { where: `${path}.${field}`, value, wrong, remedy } : [];
  });

/** A selector that selects nothing; `what` is to be removed, if that is intended. */
export const noPod = (
  where: string,
  value: unknown,
  what: string,
  { metadata }: Manifest,
  manifests: readonly Manifest[],
): Finding | false =>
  !mayHaveOthers(manifests, metadata.namespace) &&
  !mayStartPods(manifests) && {
    where,
    value,
    wrong: 'selects no pod of this environment',
    remedy: `Select by the labels of a component that exists here, or remove the ${what}`,
  };
