import type { ObjectOf } from '../../checker/manifests/kubernetes';
import type { Json, Manifest } from '../../checker/manifests/manifest';
import { references } from '../../checker/manifests/references';
import type { Environment } from '../../lib/environments/environment';
import { externalKeys } from '../../rules/external-secrets';
import type { Kubectl } from '../cluster/kubectl';
import { RefusedError } from '../terminal/errors';
import type { World } from '../world';

/** The names of Secrets and of their keys that have a value: the values stay in kubectl. */
const KEYS =
  '{{range .items}}{{$name := .metadata.name}}{{range $key, $value := .data}}{{if $value}}{{$name}} {{$key}}{{"\\n"}}{{end}}{{end}}{{end}}';

/**
 * Makes sure that every Secret is there that the pods of a release will ask for: otherwise they wait for ever.
 * @throws RefusedError with everything that is missing
 */
export async function requireSecrets(
  { terminal }: Pick<World, 'terminal'>,
  kubectl: Kubectl,
  environment: Environment,
  manifests: readonly Manifest[],
): Promise<void> {
  const needed = neededKeys(environment, manifests);
  if (needed.length === 0) return;
  const { code, stdout, stderr } = await kubectl.attempt(['get', 'secrets', `--output=go-template=${KEYS}`]);
  if (code !== 0 && /forbidden/i.test(stderr)) {
    terminal.say('You may not see which Secrets there are: whether any is missing will show in the pods.');
    return;
  }
  if (code !== 0) throw new Error(`kubectl get secrets: ${stderr.trim()}`);
  const there = new Set(stdout.split('\n'));
  const missing = needed.filter(({ secret, key }) => !there.has(`${secret} ${key}`));
  if (missing.length === 0) return;
  const lines = missing.map(
    ({ secret, key, purpose }) => `    ${secret}, key ${key}${purpose && `: ${purpose}`}`,
  );
  const ours = missing.some(({ isCertificate }) => !isCertificate);
  const certificates = missing.some(({ isCertificate }) => isCertificate);
  throw new RefusedError(
    `${kubectl.namespace} lacks secrets that pods wait for:\n${lines.join('\n')}`,
    [
      ...(ours ? [`\`npx coped secrets ${environment.name} init\` makes passwords and keys`] : []),
      ...(certificates ? ['for certificates see docs/clusters.md#certificates-without-cert-manager'] : []),
    ].join('; '),
  );
}

interface Needed {
  readonly secret: string;
  readonly key: string;
  readonly purpose: string;
  readonly isCertificate: boolean;
}

/** What the objects refer to, and what belongs to it, but neither what a release brings itself nor what cert-manager makes. */
function neededKeys(environment: Environment, manifests: readonly Manifest[]): Needed[] {
  const brought = new Set([
    ...manifests.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name),
    ...manifests.filter(({ kind }) => ['Certificate', 'ExternalSecret'].includes(kind)).map(madeBy),
    ...manifests
      .filter(isAnnotated)
      .flatMap(({ spec }: ObjectOf<'Ingress'>) => (spec?.tls ?? []).map(madeBy)),
  ]);
  const table = externalKeys(environment);
  const found = new Map<string, Needed>();
  for (const { name, key, optional } of references(manifests).filter(({ kind }) => kind === 'Secret')) {
    if (optional || brought.has(name)) continue;
    const known = table.filter((one) => one.secret === name && (key === undefined || one.key === key));
    const keys = key === undefined ? known.map((one) => one.key) : [key];
    for (const one of keys) {
      const purpose = known.find((line) => line.key === one)?.purpose ?? '';
      found.set(`${name} ${one}`, {
        secret: name,
        key: one,
        purpose,
        isCertificate: /^(tls|ca)\./.test(one),
      });
    }
  }
  return [...found.values()];
}

/** Certificates and Ingresses say `secretName`; an ExternalSecret's target has its own name where nothing else is said. */
const madeBy = (object: Json): string =>
  object.secretName ?? object.spec?.secretName ?? object.spec?.target?.name ?? object.metadata?.name;

const isAnnotated = ({ kind, metadata }: Manifest): boolean =>
  kind === 'Ingress' &&
  Object.keys(metadata.annotations ?? {}).some((key) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key));
