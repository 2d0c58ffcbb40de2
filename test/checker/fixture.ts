import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { unexcused } from '../../checker/exceptions';
import type { Rule } from '../../checker/rule';
import { flows } from '../../lib/network/flows';
import { exceptions } from '../../rules/exceptions';
import type { CopedSubject } from '../../rules/rule';
import type { Manifest } from '../manifest';
import { type Change, changed } from './cases/change';

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

/** What a rule finds beside the exceptions, without the remedies: [where, value, rule]. */
export const found = (check: Rule<CopedSubject>, subject: CopedSubject): [string, unknown, string][] =>
  unexcused(check.id, check.find(subject), subject).map(({ where, value, wrong }) => [where, value, wrong]);
