import type { Diagnosis, Scene } from './diagnosis';

type Whose = Pick<Scene, 'environment' | 'kind'>;

/** The command that applies the sources: a local environment is brought up, a hosted one is deployed. */
export const applying = ({ environment, kind }: Whose): string =>
  kind === 'local' ? `npx coped up ${environment}` : `npx coped deploy ${environment}`;

/** What PostgreSQL's clients, Python, curl and Java say where a name does not resolve. */
const NO_NAME =
  /could not translate host name|name resolution|name or service not known|could not resolve host|failed to resolve host|UnknownHostException/i;

/** What to do first where a program has said so; empty where it has not. */
export const dnsFirst = (said: string, environment: string): string =>
  NO_NAME.test(said)
    ? `The names of Services do not resolve: \`npx coped doctor ${environment}\` tries the DNS of the cluster. `
    : '';

/** The last words of Django's `flush` and of who tries it again. */
const NOT_FLUSHED = /django-admin sqlflush|not yet: python manage\.py flush/;

/** What helps where a database cannot be emptied: tables that Django does not know refer to those that it does. */
export const flushFirst = (said: string, environment: string): string =>
  NOT_FLUSHED.test(said)
    ? `If another application has filled its database: \`npx coped down ${environment} --data\`. `
    : '';

/** The command that creates missing Secrets: a local environment has them in its manifests. */
const creatingSecrets = (whose: Whose): string =>
  whose.kind === 'local' ? applying(whose) : `npx coped secrets ${whose.environment} init`;

const MISSING = /(secret|configmap) "?([a-z0-9.-]+)"? not found/i;
const MISSING_KEY = /couldn't find key (\S+) in (Secret|ConfigMap) (?:\S+\/)?([a-z0-9.-]+)/i;
const UNKNOWN_KEY = /references non-existent (secret|config) key: (\S+)/i;

/** A Secret or ConfigMap that a pod needs and that is not there, in Kubernetes' words. */
export function missingReference(message: string, scene: Scene): Diagnosis | undefined {
  const [, kind = '', name] = MISSING.exec(message) ?? [];
  if (name) return { reason: `the ${nameOf(kind)} ${name} is missing`, next: remedy(kind, scene) };
  const [, key, holder = '', object] = MISSING_KEY.exec(message) ?? [];
  if (key)
    return { reason: `the ${nameOf(holder)} ${object} has no key ${key}`, next: remedy(holder, scene) };
  const [, sort = '', field] = UNKNOWN_KEY.exec(message) ?? [];
  if (field) return { reason: `a ${nameOf(sort)} has no key ${field}`, next: remedy(sort, scene) };
  return undefined;
}

const isSecret = (kind: string): boolean => /secret/i.test(kind);
const nameOf = (kind: string): string => (isSecret(kind) ? 'Secret' : 'ConfigMap');

const remedy = (kind: string, scene: Scene): string =>
  isSecret(kind)
    ? `Create it with \`${creatingSecrets(scene)}\` (a certificate: see docs/clusters.md#certificates-without-cert-manager); the pod then starts by itself`
    : `Create it again with \`${applying(scene)}\`; the pod then starts by itself`;
