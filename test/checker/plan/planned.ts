import type { Json } from '../../../checker/manifests/manifest';
import type { Plan } from '../../../checker/plan';
import type { Entry, Section } from '../../../checker/plan/section';
import { coped } from '../../../lib/coped';
import type { Environment } from '../../../lib/environments/environment';
import { filesOf } from '../../../lib/output/files';
import { parseEnvironments } from '../../../rules/environments';
import { plan } from '../../../rules/plan';
import type { CopedSubject } from '../../../rules/rule';
import { subjectOf } from '../../../rules/subject';
import type { Manifest } from '../../manifest';
import { change, named } from '../../support';

/** A subject that is compared with something. */
export type Compared = Omit<CopedSubject, 'manifests'> & {
  readonly manifests: readonly Manifest[];
  readonly committed: readonly Manifest[];
};

/** An environment as written, and the same one with other settings: `{ 'web.replicas': 2 }`. */
export function release(name: string, settings: Readonly<Record<string, unknown>> = {}): Compared {
  const before = named(name);
  const after = Object.entries(settings).reduce(
    (value, [path, to]) => change(value, path, to),
    before as object,
  );
  const [committed, { environment, manifests }] = [synthesized(before), synthesized(after)];
  return { ...subjectOf(environment, manifests, []), committed: committed.manifests };
}

/** What was asked for before, with the objects as JSON: tests change them. */
const known = new WeakMap<object, { readonly environment: Environment; readonly json: string }>();

function synthesized(input: object) {
  const { environment, json } = known.get(input) ?? made(input);
  known.set(input, { environment, json });
  return { environment, manifests: JSON.parse(json) as Manifest[] };
}

function made(input: object) {
  const [environment] = parseEnvironments([input]);
  if (!environment) throw new Error('no environment');
  const json = JSON.stringify(filesOf(coped(environment)).flatMap(({ manifests }) => manifests));
  return { environment, json };
}

/** A release in which somebody changed one object by hand, or took it out. */
export const edited = (name: string, object: string, edit: (object: Json) => void): Compared => {
  const subject = release(name);
  edit(subject.manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === object));
  return subject;
};

/** A release without some objects. */
export const without = (name: string, ...objects: string[]): Compared => {
  const subject = release(name);
  const manifests = subject.manifests.filter(
    ({ kind, metadata }) => !objects.includes(`${kind}/${metadata.name}`),
  );
  return { ...subject, manifests };
};

/** What a section of the plan says. */
export const says = (section: Section, subject: CopedSubject): readonly Entry[] =>
  entriesIn(plan(subject), section);

export const entriesIn = ({ parts }: Plan, section: Section): readonly Entry[] =>
  parts.find((part) => part.section === section)?.entries ?? [];

/** Without what is not asked about: `Deployment/web: …`. */
export const lines = (entries: readonly Entry[]): string[] =>
  entries.map(({ about, what }) => `${about}: ${what}`);
