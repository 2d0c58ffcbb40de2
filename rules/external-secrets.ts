import { grouped } from '../checker/manifests/grouped';
import type { Manifest } from '../checker/manifests/manifest';
import { references } from '../checker/manifests/references';
import { nameOf } from '../checker/manifests/workloads';
import { administratorOf, isExternal } from '../lib/components/elsewhere';
import { secretsIn } from '../lib/components/secrets';
import type { Environment } from '../lib/environments/environment';
import type { SecretKey } from '../lib/kubernetes/secret-key';

/** One key of a Secret that you have to put into the namespace before the first deploy. */
export interface ExternalKey {
  readonly secret: string;
  readonly key: string;
  /** What it is for: a sentence. */
  readonly purpose: string;
  /** Who makes it; absent where `coped secrets init` does, and for certificates. */
  readonly from?: string;
  /** Everybody may know it: the certificate of an authority. */
  readonly public?: true;
  readonly type: 'Opaque' | 'kubernetes.io/tls' | 'kubernetes.io/dockerconfigjson';
}

/** The same, with those who read it: components, or objects that belong to none. */
export interface ExternalSecret extends ExternalKey {
  readonly usedBy: readonly string[];
}

/** What an environment expects, by its settings; `dangling` and `unused` compare it with what its objects refer to. */
export const externalKeys = (environment: Environment): ExternalKey[] => [
  ...(environment.secrets.source === 'existing'
    ? secretsIn(environment).map(({ secret, key, purpose, from }) => ({
        secret,
        key,
        purpose,
        ...(from && { from }),
        type: 'Opaque' as const,
      }))
    : []),
  ...Object.values({ postgres: environment.postgres, elasticsearch: environment.elasticsearch }).flatMap(
    (server) =>
      server?.kind === 'external' && server.authority
        ? {
            ...server.authority,
            purpose: "Authority that signed the server's certificate.",
            from: administratorOf(server),
            public: true as const,
            type: 'Opaque' as const,
          }
        : [],
  ),
  ...environment.cluster.pullSecrets.flatMap((secret) =>
    keysOf(secret, 'kubernetes.io/dockerconfigjson', {
      '.dockerconfigjson': 'Login with which nodes pull images.',
    }),
  ),
  ...(environment.certificates?.source === 'existing'
    ? [
        ...keysOf(environment.certificates.ingressSecret, 'kubernetes.io/tls', {
          'tls.crt': 'Certificate of the site, with those of its issuers.',
          'tls.key': 'Private key of that certificate.',
        }),
        ...keysOf(certificateOfNodes(environment), 'Opaque', {
          'tls.crt': 'Certificate of every Elasticsearch node.',
          'tls.key': 'Private key of that certificate.',
          'ca.crt': 'Authority that signed it: nodes and clients check each other against it.',
        }),
      ]
    : []),
];

/** Secret with the certificate of the nodes of Elasticsearch, where they are ours and have one. */
export const certificateOfNodes = ({ elasticsearch, certificates }: Environment): string | undefined =>
  elasticsearch && !isExternal(elasticsearch) ? certificates?.elasticsearchSecret : undefined;

/** No command of ours makes it. */
export const isYours = ({ from, type, key }: ExternalKey): boolean =>
  from !== undefined || type !== 'Opaque' || /^(tls|ca)\./.test(key);

const keysOf = (
  secret: string | undefined,
  type: ExternalKey['type'],
  purposes: Record<string, string>,
): ExternalKey[] =>
  secret === undefined
    ? []
    : Object.entries(purposes).map(([key, purpose]) => ({ secret, key, purpose, type }));

/** What is there only while a secret changes. */
export const temporaryKeys = (environment: Environment): readonly SecretKey[] =>
  environment.secrets.source === 'existing' && environment.application.rotates === 'without a gap'
    ? secretsIn(environment).flatMap(({ rotation }) => rotation)
    : [];

/** The keys of each Secret, as the checks want to know them. */
export const bySecret = (keys: readonly SecretKey[]): Record<string, string[]> =>
  Object.fromEntries(grouped(keys.map(({ secret, key }) => [secret, key])));

/** Everything that you have to provide for an environment, and which of its objects read it. */
export function externalSecrets(
  environment: Environment,
  manifests: readonly Manifest[],
): readonly ExternalSecret[] {
  const readers = grouped(
    references(manifests)
      .filter(({ kind }) => kind === 'Secret')
      .map((reference) => [reference.name, reference]),
  );
  return externalKeys(environment).map((expected) => {
    const reading = (readers.get(expected.secret) ?? []).filter(
      ({ key }) => key === undefined || key === expected.key,
    );
    return { ...expected, usedBy: [...new Set(reading.map(({ from }) => componentOf(from)))].sort() };
  });
}

const componentOf = (manifest: Manifest): string =>
  manifest.metadata.labels?.['app.kubernetes.io/component'] ?? nameOf(manifest);
