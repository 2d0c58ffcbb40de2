import type { Section } from '../section';
import { count, wording } from '../wording';

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
