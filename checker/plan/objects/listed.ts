import { deletion } from '../../immutable/field';
import { nameOf } from '../../manifests/workloads';
import type { Section } from '../section';
import { count, wording } from '../wording';
import words from './words.json';

/** By kind: what becomes of it, and what it is for, to readers who know Compose. */
const WORDS: Readonly<Record<'removed' | 'leftBehind' | 'purpose', Readonly<Record<string, string>>>> = words;

/** What is no longer described, and therefore deleted. */
export const removed: Section = {
  title: 'Deleted',
  explanation: 'Earlier releases made these, and this one does not describe them any more.',
  entries: ({ pruned }) =>
    pruned.map((manifest) => ({
      about: nameOf(manifest),
      what: WORDS.removed[manifest.kind] ?? 'is deleted',
    })),
};

/** What is no longer described, and stays in the cluster. */
export const orphaned: Section = {
  title: 'Left behind',
  explanation:
    'kubectl apply creates and changes, but never deletes: what is no longer described stays until you delete it.',
  entries: ({ difference, pruned }) =>
    difference.orphaned
      .filter((manifest) => !pruned.includes(manifest))
      .map((manifest) => ({
        about: nameOf(manifest),
        what: WORDS.leftBehind[manifest.kind] ?? 'stays as it is',
        danger: LOSES_DATA.includes(manifest.kind),
        command: deletion(manifest),
      })),
};

const LOSES_DATA = ['Namespace', 'PersistentVolumeClaim', 'StatefulSet'];

/** What is new in the cluster. */
export const created: Section = {
  title: 'Created',
  explanation: 'Objects that do not exist yet.',
  reference: true,
  entries: ({ difference }) =>
    difference.created.map((manifest) => ({
      about: nameOf(manifest),
      what: WORDS.purpose[manifest.kind] ?? 'is of a kind that only its own documentation explains',
    })),
};

/** Every object that is not what it was, with every place in it. */
export const changed: Section = {
  title: 'Changed',
  explanation: 'The same objects with other contents, field by field. The sections above say what it means.',
  reference: true,
  entries: ({ difference }) =>
    difference.changed.map(({ name, changes }) => ({
      about: name,
      what: `changes in ${count(changes.length, 'place')}`,
      details: changes.map((change) => `${change.path}: ${wording(change)}`),
    })),
};
