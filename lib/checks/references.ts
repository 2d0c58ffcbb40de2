import type { Manifest } from './check';
import { containers, type Json, nameOf, ofKind, type Workload, workloads } from './workloads';

/** One object naming another. */
export interface Reference {
  /** Where the name stands: `Deployment/web spec.template.spec.serviceAccountName`. */
  readonly where: string;
  readonly kind: string;
  readonly name: string;
  /** The entry that is needed, of a ConfigMap or Secret. */
  readonly key?: string;
  /** Kubernetes goes on without it. */
  readonly optional?: boolean;
}

/** Every place where an object names a ConfigMap, Secret, ServiceAccount, claim, Service, workload or Issuer. */
export const references = (manifests: readonly Manifest[]): Reference[] => [
  ...workloads(manifests).flatMap(ofPods),
  ...manifests.flatMap((manifest) => BY_KIND[manifest.kind]?.(manifest, nameOf(manifest)) ?? []),
];

const BY_KIND: Readonly<Record<string, (manifest: Manifest, name: string) => Reference[]>> = {
  StatefulSet: ({ spec }, name) =>
    spec?.serviceName ? [{ where: `${name} spec.serviceName`, kind: 'Service', name: spec.serviceName }] : [],
  HorizontalPodAutoscaler: ({ spec }, name) => [
    {
      where: `${name} spec.scaleTargetRef`,
      kind: spec?.scaleTargetRef?.kind,
      name: spec?.scaleTargetRef?.name,
    },
  ],
  ServiceAccount: ({ imagePullSecrets = [] }, name) =>
    imagePullSecrets.map((secret: Json) => ({
      where: `${name} imagePullSecrets`,
      kind: 'Secret',
      name: secret.name,
    })),
  // The ports of the Services behind it are the business of `ingress-backends`.
  Ingress: ({ spec }, name) =>
    (spec?.tls ?? []).flatMap(({ secretName }: Json, i: number) =>
      secretName
        ? ['tls.crt', 'tls.key'].map((key) => ({
            where: `${name} spec.tls[${i}].secretName`,
            kind: 'Secret',
            name: secretName,
            key,
          }))
        : [],
    ),
  // A ClusterIssuer belongs to the cluster: nobody here can know whether it exists.
  Certificate: ({ spec }, name) =>
    (spec?.issuerRef?.kind ?? 'Issuer') === 'Issuer'
      ? [{ where: `${name} spec.issuerRef.name`, kind: 'Issuer', name: spec?.issuerRef?.name }]
      : [],
  Issuer: ({ spec }, name) =>
    spec?.ca
      ? ['tls.crt', 'tls.key'].map((key) => ({
          where: `${name} spec.ca.secretName`,
          kind: 'Secret',
          name: spec.ca.secretName,
          key,
        }))
      : [],
};

const ofPods = (workload: Workload): Reference[] => {
  const { pod, podPath } = workload;
  return [
    {
      where: `${podPath}.serviceAccountName`,
      kind: 'ServiceAccount',
      name: pod.serviceAccountName ?? 'default',
    },
    ...(pod.imagePullSecrets ?? []).map(({ name }: Json) => ({
      where: `${podPath}.imagePullSecrets`,
      kind: 'Secret',
      name,
    })),
    ...(pod.volumes ?? []).flatMap((volume: Json) => ofVolume(volume, `${podPath}.volumes[${volume.name}]`)),
    ...containers(workload).flatMap(({ path, spec }) => [
      ...(spec.envFrom ?? []).flatMap(({ configMapRef, secretRef }: Json, i: number) => [
        ...entries('ConfigMap', configMapRef, `${path}.envFrom[${i}].configMapRef`),
        ...entries('Secret', secretRef, `${path}.envFrom[${i}].secretRef`),
      ]),
      ...(spec.env ?? []).flatMap(({ name, valueFrom }: Json) => [
        ...entries('ConfigMap', valueFrom?.configMapKeyRef, `${path}.env[${name}].valueFrom.configMapKeyRef`),
        ...entries('Secret', valueFrom?.secretKeyRef, `${path}.env[${name}].valueFrom.secretKeyRef`),
      ]),
    ]),
  ];
};

function ofVolume(volume: Json, where: string): Reference[] {
  const claim = volume.persistentVolumeClaim;
  return [
    ...entries('ConfigMap', volume.configMap, `${where}.configMap`),
    // The only place where Kubernetes calls it secretName.
    ...entries(
      'Secret',
      volume.secret && { ...volume.secret, name: volume.secret.secretName },
      `${where}.secret`,
    ),
    ...(claim
      ? [
          {
            where: `${where}.persistentVolumeClaim.claimName`,
            kind: 'PersistentVolumeClaim',
            name: claim.claimName,
          },
        ]
      : []),
    ...(volume.projected?.sources ?? []).flatMap(({ configMap, secret }: Json, i: number) => [
      ...entries('ConfigMap', configMap, `${where}.projected.sources[${i}].configMap`),
      ...entries('Secret', secret, `${where}.projected.sources[${i}].secret`),
    ]),
  ];
}

/** One reference for each key that is asked for, or one for the whole object. */
function entries(kind: string, ref: Json, where: string): Reference[] {
  if (!ref) return [];
  const { name, optional } = ref;
  const keys: (string | undefined)[] = ref.items?.map(({ key }: Json) => key) ?? [ref.key];
  return keys.map((key) => ({ where, kind, name, key, optional }));
}

/** A Secret or ConfigMap and its keys; undefined where nobody can know them. */
export type Keys = ReadonlyMap<string, readonly string[] | undefined>;

/** What each ConfigMap has in it. */
export const configMapKeys = (manifests: readonly Manifest[]): Keys =>
  new Map(
    ofKind(manifests, 'ConfigMap').map((map) => [map.metadata.name, keysOf(map, 'data', 'binaryData')]),
  );

/** What is, or will be, in each Secret: emitted, or made in the cluster by cert-manager or external-secrets. */
export const secretKeys = (manifests: readonly Manifest[]): Keys =>
  new Map([
    ...ofKind(manifests, 'Secret').map((secret): [string, string[]] => [
      secret.metadata.name,
      keysOf(secret, 'data', 'stringData'),
    ]),
    ...ofKind(manifests, 'Certificate').map(({ spec }): [string, string[]] => [
      spec?.secretName,
      ['tls.crt', 'tls.key', 'ca.crt'],
    ]),
    ...ofKind(manifests, 'ExternalSecret').map(({ metadata, spec }): [string, string[] | undefined] => [
      spec?.target?.name ?? metadata.name,
      spec?.dataFrom ? undefined : (spec?.data ?? []).map(({ secretKey }: Json) => secretKey),
    ]),
  ]);

const keysOf = (manifest: Manifest, ...fields: string[]): string[] =>
  fields.flatMap((field) => Object.keys(manifest[field] ?? {}));
