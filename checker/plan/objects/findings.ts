import { entryOf } from '../history';
import type { Section } from '../section';
import { count } from '../wording';

/** What the checks say about the objects themselves. */
export const findings: Section = {
  title: 'What the checks find',
  explanation: 'npm run synth writes nothing until this is fixed, so this release cannot be applied yet.',
  entries: ({ problems }) => problems.map(entryOf),
  summary: (entries) =>
    entries.length > 0 ? `${count(entries.length, 'finding')} of the checks` : undefined,
};
