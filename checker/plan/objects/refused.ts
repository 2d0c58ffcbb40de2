import { entryOf, isAboutData } from '../history';
import type { Release, Section } from '../section';
import { count } from '../wording';

/** What the API server will not do, so that the release stops half way. */
export const refused: Section = {
  title: 'Refused by Kubernetes',
  explanation:
    'Some fields can never change. The apply goes on with the other objects, prints an error for these, and leaves them as they are.',
  entries: ({ history }) => history.filter((finding) => !isAboutData(finding)).map(entryOf),
  summary: (entries) => (entries.length > 0 ? `${count(entries.length, 'change')} refused` : undefined),
};

/** Whether a workload cannot be applied as it is; a changed pod template is never refused. */
export const isRefused = (name: string, { history }: Pick<Release, 'history'>): boolean =>
  history.some(
    ({ where, wrong }) =>
      where.startsWith(`${name} `) &&
      !where.startsWith(`${name} spec.template.`) &&
      !wrong.includes('Kubernetes accepts'),
  );

/** What the checks say about the objects themselves. */
export const findings: Section = {
  title: 'What the checks find',
  explanation: 'npm run synth writes nothing until this is fixed, so this release cannot be applied yet.',
  entries: ({ problems }) => problems.map(entryOf),
  summary: (entries) =>
    entries.length > 0 ? `${count(entries.length, 'finding')} of the checks` : undefined,
};
