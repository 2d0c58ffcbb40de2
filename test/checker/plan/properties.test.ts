import { fieldOf, isObject, nameOf, ofKind } from '../../../checker/manifests/workloads';
import { environments } from '../../../lib/environments';
import { plan } from '../../../rules/plan';
import { runs, sample } from '../../counts';
import type { Manifest } from '../../manifest';
import { fc } from '../../properties';
import { changed } from '../cases/change';
import { release } from '../release';

const names = environments.map(({ name }) => name);

test.each(names)('nothing changes between %s and itself', (name) => {
  const subject = release(name);
  expect(plan(subject)).toEqual({
    environment: name,
    summary: `Nothing changes: ${subject.manifests.length} objects, all as they were.`,
    parts: [],
  });
});

test('the order of the objects does not matter', () => {
  const subject = release('production', {
    'images.django': 'registry.example.org/coped/django:1.1.0',
    'ingress.controller.namespace': 'edge',
    'postgres.storage': '40Gi',
  });
  const expected = plan(subject);
  const shuffled = (all: readonly Manifest[]) =>
    fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
  fc.assert(
    fc.property(shuffled(subject.manifests), shuffled(subject.committed), (manifests, committed) => {
      const { summary, parts } = plan({ ...subject, manifests, committed });
      expect(summary).toBe(expected.summary);
      expect(sorted(parts)).toEqual(sorted(expected.parts));
    }),
    { numRuns: runs(0.05) },
  );
});

/** What the rules find comes in the order of the objects. */
const sorted = (parts: ReturnType<typeof plan>['parts']) =>
  parts.map(({ section, entries }) => [section.title, entries.map((entry) => JSON.stringify(entry)).sort()]);

/** Every value in an object that is neither an object nor a list. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(value)) return [[...path]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key]));
}

/** Another value of the same type. */
const other = (leaf: unknown): unknown =>
  typeof leaf === 'string' ? `${leaf}x` : typeof leaf === 'number' ? leaf + 1 : !leaf;

test('whatever changes in an object, the plan names the object, and of a Secret no value', () => {
  const subject = release('development');
  const places = subject.committed.map((manifest) => leaves(manifest));
  const most = Math.max(...places.map((paths) => paths.length));
  const secrets = ofKind(subject.committed, 'Secret').flatMap(({ data }) => Object.values(data ?? {}));
  // The first place of every object, then the second …: as many plans as the largest object has places.
  for (const i of sample([...Array(most).keys()], 4)) {
    const manifests = subject.committed.flatMap((manifest, object) => {
      const path = places[object]?.[i];
      if (!path) return [manifest];
      const where = `${nameOf(manifest)} ${path.map((key) => `[${key}]`).join('')}`;
      return changed([manifest], { set: { [where]: other(path.reduce<unknown>(fieldOf, manifest)) } });
    });
    const found = plan({ ...subject, manifests });
    const named = new Set(found.parts.flatMap(({ entries }) => entries.map(({ about }) => about)));
    const differing = manifests.filter((manifest, object) => manifest !== subject.committed[object]);
    expect(differing.map(nameOf).filter((name) => !named.has(name))).toEqual([]);
    const text = JSON.stringify(found.parts.map(({ entries }) => entries));
    expect(secrets.filter((value) => text.includes(value))).toEqual([]);
  }
});
