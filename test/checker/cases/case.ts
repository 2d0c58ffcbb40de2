import { load } from 'js-yaml';
import { z } from 'zod';
import type { CopedSubject } from '../../../rules/rule';
import { change } from './change';

// The form of test/checker/rules/<subject>/<rule>.yaml; see test/checker/rules/cases.test.ts.

const amounts = z.strictObject({ cpu: z.string(), memory: z.string() });
/** `null` says that it is not known. */
const known = <T>(type: z.ZodType<T>) => type.nullish().transform((value) => value ?? undefined);

/** What the objects do not say about themselves: see checker/subject.ts. */
const given = z.strictObject({
  own: known(z.boolean()),
  searchClient: known(z.string()),
  fakeSecrets: known(z.boolean()),
  resilient: known(z.boolean()),
  budget: known(amounts),
  flows: z.custom<NonNullable<CopedSubject['flows']>>(Array.isArray).optional(),
  outsiders: z.custom<NonNullable<CopedSubject['outsiders']>>().optional(),
  externalSecrets: known(z.record(z.string(), z.array(z.string()))),
  exceptions: known(
    z.array(
      z.strictObject({
        rule: z.string(),
        object: z.templateLiteral([z.string(), '/', z.string()]),
        path: z.string(),
        to: z.unknown().optional(),
        reason: z.string(),
      }),
    ),
  ),
});

/** What cases of one file have in common, or one case has: the objects, those of the last commit, and what is given besides. */
const situation = z.strictObject({
  ...change.shape,
  committed: change.nullable().optional(),
  given: given.optional(),
});
export type Situation = z.infer<typeof situation>;

const oneCase = z
  .strictObject({
    finds: z.string().optional(),
    accepts: z.string().optional(),
    ...situation.shape,
    findings: z.string().optional(),
  })
  .refine(({ finds, accepts }) => (finds === undefined) !== (accepts === undefined), 'needs finds or accepts')
  .refine(
    ({ finds, findings }) => (finds === undefined) === !findings,
    'needs findings where it finds something',
  )
  .refine((one) => Object.keys(one).some((key) => key in situation.shape), 'changes nothing')
  .transform(({ finds, accepts, findings = '', ...rest }) => ({
    title: finds === undefined ? `accepts ${accepts}` : `finds ${finds}`,
    findings,
    ...rest,
  }));
export type Case = z.infer<typeof oneCase>;

type Row = Readonly<Record<string, unknown>>;
const rows = z.union([
  z.array(z.record(z.string(), z.unknown())).min(1),
  // A table of one column.
  z
    .record(z.string(), z.array(z.unknown()).min(1))
    .refine((columns) => Object.keys(columns).length === 1, 'has several columns: write rows')
    .transform((columns): Row[] =>
      Object.entries(columns).flatMap(([key, values]) => values.map((value) => ({ [key]: value }))),
    ),
]);

const file = z.strictObject({
  ...situation.shape,
  cases: z.array(z.looseObject({ each: rows.optional() })).min(1),
});

/** The cases of a file, one for each row of those that are tables. */
export function casesIn(
  text: string,
  path: string,
): { readonly shared: Situation; readonly cases: readonly Case[] } {
  try {
    const { cases, ...shared } = file.parse(load(text));
    const all = cases.flatMap(({ each = [{}], ...one }) =>
      each.map((row) => oneCase.parse(filled(one, row))),
    );
    const titles = all.map(({ title }) => title);
    const twice = titles.filter((title, i) => titles.indexOf(title) < i);
    if (twice.length > 0) throw new Error(`several cases have the title ${twice.join(', ')}`);
    return { shared, cases: all };
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** A case with the values of a row in the place of `$column`. */
function filled(one: Row, row: Row): unknown {
  const text = JSON.stringify(one);
  const unused = Object.keys(row).filter((column) => !text.includes(`$${column}`));
  if (unused.length > 0) throw new Error(`No $${unused.join(', $')} in ${text}`);
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value, row);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [String(fillText(key, row)), fill(inner)]),
    );
  };
  return fill(one);
}

function fillText(text: string, row: Row): unknown {
  if (text.startsWith('$') && text.slice(1) in row) return row[text.slice(1)];
  // Findings show their value as JSON: `Service/web spec.type: $type is …`.
  return text.replaceAll(/(: (?=\$\w+ ))?\$(\w+)/g, (all, colon = '', column) => {
    const value = row[column];
    if (value === undefined) return all;
    return colon + (colon === '' && typeof value === 'string' ? value : JSON.stringify(value));
  });
}
