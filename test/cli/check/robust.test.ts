import { objectsOf } from '../../../cli/check/objects';
import { RefusedError } from '../../../cli/terminal/errors';
import { environments } from '../../../lib/environments';
import { runChecks } from '../../../rules';
import { sample } from '../../counts';
import { manifestsOf } from '../../support';

// One object of each kind in dist/: no value in any of its fields leads to a stack trace.
const samples = new Map(
  environments.flatMap(manifestsOf).map((manifest) => [manifest.kind, manifest] as const),
);

/** The object with another value at each of its places in turn. */
function* variants(value: unknown, other: unknown): Generator<unknown> {
  yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const child = (value as Record<string, unknown>)[key];
    for (const changed of variants(child, other)) {
      const copy = Array.isArray(value) ? [...value] : { ...value };
      (copy as Record<string, unknown>)[key] = changed;
      yield copy;
    }
  }
}

const OTHERS: readonly unknown[] = [undefined, 'x', -1, true, [], ['x'], [{}], {}, { x: 'y' }];

test.each([...samples])('%s with another value at any place is refused or checked', (_, object) => {
  const failures = OTHERS.flatMap((other, i) =>
    sample([...variants(object, other)], 4, i).flatMap((value) => {
      try {
        const { manifests } = objectsOf({ parts: [{ file: 'x', value, line: () => 1 }], errors: [] });
        runChecks({ environment: 'x', manifests });
        return [];
      } catch (error) {
        return error instanceof RefusedError ? [] : [`${(error as Error).stack}\n${JSON.stringify(value)}`];
      }
    }),
  );
  expect(failures.slice(0, 3)).toEqual([]);
});
