import type { Subject } from '../subject';
import { grouped } from './grouped';
import { kindOf } from './kinds';
import type { ObjectOf } from './kubernetes';
import type { Manifest } from './manifest';
import type { Reference } from './references';
import { listOf, nameOf, once } from './workloads';

/** Something that others may name: emitted, made in the cluster from what is emitted, or expected there. */
export interface Existing {
  readonly kind: string;
  readonly name: string;
  /** Undefined where the manifests do not say it: kubectl decides, or it has none. */
  readonly namespace?: string;
  /** What is in a ConfigMap or Secret; undefined where that is unknown. */
  readonly keys?: readonly string[];
  /** Its keys are what a controller always writes, needed or not. */
  readonly fixedKeys?: boolean;
  /** Where it is declared, for findings: `Certificate/ingress spec.secretName`; undefined for what is always there. */
  readonly declared?: string;
}

/** What exists, or will; by kind and name, because there may be namesakes in other namespaces. */
export type Inventory = ReadonlyMap<string, readonly Existing[]>;

export const inventory = once(
  ({ manifests, externalSecrets = {} }: Subject): Inventory =>
    grouped(
      [
        ...EVERYWHERE,
        ...manifests.flatMap((manifest) => [
          {
            kind: kindOf(manifest),
            name: manifest.metadata.name,
            ...place(manifest),
            keys: keysOf(manifest),
          },
          ...(MAKES[kindOf(manifest)]?.(manifest) ?? []).map((made) => ({ ...place(manifest), ...made })),
        ]),
        ...Object.entries(externalSecrets).map(([name, keys]) => ({
          kind: 'Secret',
          name,
          keys,
          declared: `Secret/${name}`,
        })),
      ].map((existing: Existing) => [`${existing.kind}/${existing.name}`, existing]),
    ),
);

/** What a reference means, if it is there. */
export const resolve = (reference: Pick<Reference, 'kind' | 'name' | 'namespace'>, known: Inventory) =>
  known
    .get(`${reference.kind}/${reference.name}`)
    ?.find(({ namespace }) => sameNamespace(namespace, reference.namespace));

/** Where a manifest has no namespace, `kubectl --namespace` decides: it is taken for the right one. */
export const sameNamespace = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a === b;

const EVERYWHERE: readonly Existing[] = [
  { kind: 'ServiceAccount', name: 'default' },
  { kind: 'ConfigMap', name: 'kube-root-ca.crt', keys: ['ca.crt'] },
];

const place = (manifest: Manifest): Pick<Existing, 'namespace' | 'declared'> => ({
  namespace: manifest.metadata.namespace,
  declared: nameOf(manifest),
});

const keysOf = (manifest: Manifest): string[] | undefined =>
  ['ConfigMap', 'Secret'].includes(kindOf(manifest))
    ? ['data', 'binaryData', 'stringData'].flatMap((field) => Object.keys(manifest[field] ?? {}))
    : undefined;

const FROM_CERT_MANAGER = { kind: 'Secret', keys: ['tls.crt', 'tls.key', 'ca.crt'], fixedKeys: true };

interface Maker {
  make(manifest: Manifest): Made[];
}

type Made = Pick<Existing, 'kind' | 'name' | 'keys'> & Partial<Existing>;

/** A limit for whatever is written as `replicas`. */
const MOST_PODS = 1000;

/** What controllers make of an object: by kind. */
const MAKES: Readonly<Record<string, Maker['make']>> = {
  Certificate: (manifest: ObjectOf<'Certificate'>) => {
    const { secretName, keystores, additionalOutputFormats } = manifest.spec ?? {};
    if (typeof secretName !== 'string') return [];
    const keys = keystores || additionalOutputFormats ? undefined : FROM_CERT_MANAGER.keys;
    const declared = `${nameOf(manifest)} spec.secretName`;
    return [{ ...FROM_CERT_MANAGER, name: secretName, keys, declared }];
  },
  ExternalSecret: ({ metadata, spec }: ObjectOf<'ExternalSecret'>) => {
    const known = !spec?.dataFrom && !spec?.target?.template;
    const keys = known ? listOf(spec?.data).map((entry) => String(entry?.secretKey)) : undefined;
    return [{ kind: 'Secret', name: spec?.target?.name ?? metadata.name, keys }];
  },
  Ingress: ({ metadata, spec }: ObjectOf<'Ingress'>) =>
    metadata.annotations?.['cert-manager.io/issuer'] ||
    metadata.annotations?.['cert-manager.io/cluster-issuer']
      ? listOf(spec?.tls).map((entry) => ({ ...FROM_CERT_MANAGER, name: String(entry?.secretName) }))
      : [],
  SealedSecret: ({ metadata, spec }: ObjectOf<'SealedSecret'>) => [
    { kind: 'Secret', name: metadata.name, keys: Object.keys(spec?.encryptedData ?? {}) },
  ],
  SecretProviderClass: ({ spec }: ObjectOf<'SecretProviderClass'>) =>
    listOf(spec?.secretObjects).map((made) => ({
      kind: 'Secret',
      name: String(made?.secretName),
      keys: listOf(made?.data).map((entry) => String(entry?.key)),
    })),
  // data-postgres-0, data-postgres-1, …
  StatefulSet: ({ metadata, spec }: ObjectOf<'StatefulSet'>) =>
    listOf(spec?.volumeClaimTemplates).flatMap((claim) =>
      Array.from({ length: Math.min(spec?.replicas ?? 1, MOST_PODS) }, (_, i) => ({
        kind: 'PersistentVolumeClaim',
        name: `${claim?.metadata?.name}-${metadata.name}-${i}`,
        declared: undefined,
      })),
    ),
};
