import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { unexcused } from '../../checker/exceptions';
import type { Json } from '../../checker/manifests/manifest';
import type { Rule } from '../../checker/rule';
import { flows } from '../../lib/network/flows';
import { exceptions } from '../../rules/exceptions';
import type { CopedSubject } from '../../rules/rule';
import type { Manifest } from '../manifest';
import { type Change, changed } from './cases/change';
import { object } from './small-environment/blocks';

const FILES = ['foundation', 'postgres', 'elasticsearch', 'web'];

/** As text they share no parts: a change to one changes no other. */
const OBJECTS = JSON.stringify(
  FILES.flatMap((name) =>
    loadAll(readFileSync(join(__dirname, 'small-environment', `${name}.yaml`), 'utf8')),
  ),
);

/** Its objects may be changed. */
type Broken = Omit<CopedSubject, 'manifests'> & { readonly manifests: readonly Manifest[] };

/** A small environment that breaks no rule, or what a change makes of it; each time new objects, which tests may change. */
export const good = (change: Change = {}): Broken => ({
  environment: 'test',
  manifests: changed(JSON.parse(OBJECTS), change),
  committed: [],
  externalSecrets: {
    'postgres-application': ['password'],
    'postgres-superuser': ['password'],
    'coped-tls': ['tls.crt', 'tls.key'],
  },
  own: true,
  flows,
  outsiders: {
    dns: [{ namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }],
    'ingress-controller': [{ namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } }],
  },
  budget: { cpu: '700m', memory: '1Gi' },
  fakeSecrets: false,
  exceptions,
});

/** The good environment after a change to one object, e.g. `Deployment/web`. */
export function broken(name: string, change: (object: Json) => void): Broken {
  const subject = good();
  change(subject.manifests.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name));
  return subject;
}

/** The good environment with some more objects. */
export const withMore = (
  ...more: [apiVersion: string, kind: string, name: string, fields: Json][]
): Broken => {
  const subject = good();
  return { ...subject, manifests: [...subject.manifests, ...more.map((args) => object(...args))] };
};

/** The good environment without the objects of this name. */
export const without = (name: string): Broken => {
  const subject = good();
  const manifests = subject.manifests.filter(({ kind, metadata }) => `${kind}/${metadata.name}` !== name);
  return { ...subject, manifests };
};

/** What a rule finds beside the exceptions, without the remedies: [where, value, rule]. */
export const found = (check: Rule<CopedSubject>, subject: CopedSubject): [string, unknown, string][] =>
  unexcused(check.id, check.find(subject), subject).map(({ where, value, wrong }) => [where, value, wrong]);

/** The first container of a workload. */
export const main = (workload: Json): Json =>
  (workload.spec.template ?? workload.spec.jobTemplate.spec.template).spec.containers[0];

/** Its path in findings. */
export const MAIN = 'Deployment/web spec.template.spec.containers[web]';
