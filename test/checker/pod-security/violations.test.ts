import { controls } from '../../../checker/pod-security/controls';
import { includes, VERSIONS } from '../../../checker/pod-security/versions';
import { violations } from '../../../checker/pod-security/violations';
import { cases } from '../../e2e/admission/pod-security/cases';

/** The controls that refuse, by version. */
const byVersion = (controls: (version: number) => string[]): Record<string, string[]> =>
  Object.fromEntries(VERSIONS.map((version) => [`1.${version}`, [...new Set(controls(version))].sort()]));

test.each(cases)('$name', ({ pod, refused }) => {
  const found = violations(pod);
  expect(
    byVersion((version) =>
      found.filter(({ versions }) => includes(versions, version)).map(({ control }) => control.id),
    ),
  ).toEqual(
    byVersion((version) =>
      Object.entries(refused)
        .filter(([, versions]) => includes(versions, version))
        .map(([id]) => id),
    ),
  );
  // What no version refuses is no finding.
  for (const { versions } of found)
    expect(VERSIONS.some((version) => includes(versions, version))).toBe(true);
});

test('no control goes without a pod that it refuses', () => {
  const tried = new Set(cases.flatMap(({ refused }) => Object.keys(refused)));
  expect([...tried].sort()).toEqual([...new Set(controls.map(({ id }) => id))].sort());
});
