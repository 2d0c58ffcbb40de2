import type { Manifest } from '../../../manifest';
import { yamlOf } from '../../../yaml';
import { set } from '../../changes';

export const NAMESPACE = 'coped-e2e-immutable';

/** A change to one of the objects, and what the rule has to say to it. */
export interface Case {
  readonly object: string;
  readonly what: string;
  readonly before: Manifest;
  readonly after: Manifest;
  /** Path of the finding; none if Kubernetes accepts the change. */
  readonly finds?: string;
}

/** New values by path; null takes one away. */
type Entry = Readonly<Record<string, unknown>> & { readonly finds?: string };
type Answer = 'refused' | 'accepted' | 'ignored';

/** What the others need to exist. */
export const surroundings: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  // Kubernetes adds `default` some time later, and refuses pods until then.
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'x', namespace: NAMESPACE },
    automountServiceAccountToken: false,
  },
];

export const objects = yamlOf<Readonly<Record<string, Manifest>>>(__dirname, 'objects.yaml');
const changes = yamlOf<Readonly<Record<string, Partial<Record<Answer, Entry[]>>>>>(__dirname, 'cases.yaml');

const casesOf = (answer: Answer): Case[] =>
  Object.entries(changes).flatMap(([object, answers]) =>
    (answers[answer] ?? []).map(({ finds, ...change }): Case => {
      const before = objects[object];
      if (before === undefined) throw new Error(`objects.yaml has no ${object}`);
      // As JSON, which shares nothing with the others.
      const after: Manifest = JSON.parse(JSON.stringify(before));
      for (const [path, value] of Object.entries(change)) set(after, path.split('.'), value);
      const what = Object.entries(change).map(([path, value]) => `${path} = ${JSON.stringify(value)}`);
      const found = answer === 'accepted' ? undefined : (finds ?? Object.keys(change)[0]);
      return { object, what: what.join(', '), before, after, finds: found };
    }),
  );

export const allRefused = casesOf('refused');
export const allAccepted = casesOf('accepted');
export const ignored = casesOf('ignored');
