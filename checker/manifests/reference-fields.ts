/** A field on the way; a list is gone into at every entry. */
export interface Step {
  readonly field: string;
  readonly list: boolean;
}

/** A field that names another object. */
export interface Field {
  /** The kind it names, unless there is a `kind` beside the name. */
  readonly kind: string;
  /** The way to it. Its value is a name, or an object with a name in it. */
  readonly path: readonly Step[];
  /** What the object in it calls the name. */
  readonly name?: string;
  /** Entries that have to be there, where the field itself cannot say so. */
  readonly keys?: readonly string[];
}

type Row = readonly [kind: string, path: string, more?: Omit<Field, 'kind' | 'path'>];

const fields = (...rows: readonly Row[]): readonly Field[] =>
  rows.map(([kind, path, more]) => ({ kind, path: path.split('.').map(toStep), ...more }));
/** `volumes[]`: the brackets mean every entry. */
const toStep = (text: string): Step => ({ field: text.replace('[]', ''), list: text.endsWith('[]') });

const below = (path: string, rows: readonly Row[]): readonly Row[] =>
  rows.map(([kind, rest, more]) => [kind, `${path}.${rest}`, more]);

const PAIR = { keys: ['tls.crt', 'tls.key'] };

const CLAIM: readonly Row[] = [
  ['StorageClass', 'storageClassName'],
  ['PersistentVolume', 'volumeName'],
  ['PersistentVolumeClaim', 'dataSource'],
  ['PersistentVolumeClaim', 'dataSourceRef'],
];

const ROLE_BINDING = fields(['Role', 'roleRef'], ['ServiceAccount', 'subjects[]']);
const WEBHOOKS = fields(['Service', 'webhooks[].clientConfig.service']);
const GATEWAY_ROUTE = fields(
  ['Gateway', 'spec.parentRefs[]'],
  ['Service', 'spec.rules[].backendRefs[]'],
  ['Service', 'spec.rules[].filters[].requestMirror.backendRef'],
);
const ISSUER = fields(
  ['Secret', 'spec.ca.secretName', PAIR],
  ['Secret', 'spec.vault.auth.appRole.secretRef'],
  ['Secret', 'spec.vault.auth.tokenSecretRef'],
  ['Secret', 'spec.venafi.tpp.credentialsRef'],
  ['Secret', 'spec.venafi.cloud.apiTokenSecretRef'],
  ['Secret', 'spec.acme.externalAccountBinding.keySecretRef'],
  ['Secret', 'spec.acme.solvers[].dns01.cloudflare.apiTokenSecretRef'],
  ['Secret', 'spec.acme.solvers[].dns01.rfc2136.tsigSecretSecretRef'],
  ['Secret', 'spec.acme.solvers[].dns01.route53.secretAccessKeySecretRef'],
);

/** In the spec of a pod. */
export const POD_FIELDS = fields(
  ['ServiceAccount', 'serviceAccountName'],
  // Its name before 1.0, still accepted.
  ['ServiceAccount', 'serviceAccount'],
  ['Secret', 'imagePullSecrets[]'],
  ['PriorityClass', 'priorityClassName'],
  ['RuntimeClass', 'runtimeClassName'],
  ['ResourceClaim', 'resourceClaims[].resourceClaimName'],
  ['ResourceClaimTemplate', 'resourceClaims[].resourceClaimTemplateName'],
  ['ConfigMap', 'volumes[].configMap'],
  // Kubernetes calls it `name` everywhere else.
  ['Secret', 'volumes[].secret', { name: 'secretName' }],
  ['PersistentVolumeClaim', 'volumes[].persistentVolumeClaim.claimName'],
  ['ConfigMap', 'volumes[].projected.sources[].configMap'],
  ['Secret', 'volumes[].projected.sources[].secret'],
  ['ClusterTrustBundle', 'volumes[].projected.sources[].clusterTrustBundle.name'],
  ['Secret', 'volumes[].csi.nodePublishSecretRef'],
  ['SecretProviderClass', 'volumes[].csi.volumeAttributes.secretProviderClass'],
  ['Secret', 'volumes[].azureFile.secretName'],
  ['Secret', 'volumes[].cephfs.secretRef'],
  ['Secret', 'volumes[].flexVolume.secretRef'],
  ['Secret', 'volumes[].iscsi.secretRef'],
  ['Secret', 'volumes[].rbd.secretRef'],
  ...below('volumes[].ephemeral.volumeClaimTemplate.spec', CLAIM),
);

/** In a container. */
export const CONTAINER_FIELDS = fields(
  ['ConfigMap', 'envFrom[].configMapRef'],
  ['Secret', 'envFrom[].secretRef'],
  ['ConfigMap', 'env[].valueFrom.configMapKeyRef'],
  ['Secret', 'env[].valueFrom.secretKeyRef'],
);

/** In an object of each kind. Selectors are the business of `selectors`, the ports of a Service that of `ports`. */
export const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  APIService: fields(['Service', 'spec.service']),
  // A ClusterIssuer belongs to the cluster, and finds its Secrets in a namespace of cert-manager's.
  Certificate: fields(
    ['Issuer', 'spec.issuerRef'],
    ['Secret', 'spec.keystores.jks.passwordSecretRef'],
    ['Secret', 'spec.keystores.pkcs12.passwordSecretRef'],
  ),
  ClusterRoleBinding: ROLE_BINDING,
  CustomResourceDefinition: fields(['Service', 'spec.conversion.webhook.clientConfig.service']),
  ExternalSecret: fields(
    ['SecretStore', 'spec.secretStoreRef'],
    ['SecretStore', 'spec.data[].sourceRef.storeRef'],
    ['SecretStore', 'spec.dataFrom[].sourceRef.storeRef'],
  ),
  Gateway: fields(
    ['GatewayClass', 'spec.gatewayClassName'],
    ['Secret', 'spec.listeners[].tls.certificateRefs[]'],
  ),
  GRPCRoute: GATEWAY_ROUTE,
  HorizontalPodAutoscaler: fields(
    ['Deployment', 'spec.scaleTargetRef'],
    ['Service', 'spec.metrics[].object.describedObject'],
  ),
  HTTPRoute: GATEWAY_ROUTE,
  Ingress: fields(
    ['Secret', 'spec.tls[].secretName', PAIR],
    ['IngressClass', 'spec.ingressClassName'],
    ['Service', 'spec.defaultBackend.resource'],
    ['Service', 'spec.rules[].http.paths[].backend.resource'],
  ),
  Issuer: ISSUER,
  MutatingWebhookConfiguration: WEBHOOKS,
  PersistentVolume: fields(
    ['StorageClass', 'spec.storageClassName'],
    ['PersistentVolumeClaim', 'spec.claimRef'],
  ),
  PersistentVolumeClaim: fields(...below('spec', CLAIM)),
  RoleBinding: ROLE_BINDING,
  ScaledObject: fields(['Deployment', 'spec.scaleTargetRef']),
  SecretStore: fields(
    ['ServiceAccount', 'spec.provider.kubernetes.auth.serviceAccount'],
    ['ServiceAccount', 'spec.provider.vault.auth.kubernetes.serviceAccountRef'],
    ['Secret', 'spec.provider.vault.auth.tokenSecretRef'],
    ['Secret', 'spec.provider.vault.auth.appRole.secretRef'],
    ['Secret', 'spec.provider.aws.auth.secretRef.accessKeyIDSecretRef'],
    ['Secret', 'spec.provider.aws.auth.secretRef.secretAccessKeySecretRef'],
    ['Secret', 'spec.provider.gcpsm.auth.secretRef.secretAccessKeySecretRef'],
  ),
  ServiceAccount: fields(['Secret', 'imagePullSecrets[]'], ['Secret', 'secrets[]']),
  StatefulSet: fields(['Service', 'spec.serviceName'], ...below('spec.volumeClaimTemplates[].spec', CLAIM)),
  TCPRoute: GATEWAY_ROUTE,
  TLSRoute: GATEWAY_ROUTE,
  ValidatingWebhookConfiguration: WEBHOOKS,
  VerticalPodAutoscaler: fields(['Deployment', 'spec.targetRef']),
  VolumeSnapshot: fields(['PersistentVolumeClaim', 'spec.source.persistentVolumeClaimName']),
};

/** In every object. Owners are objects of the same namespace, or of the cluster. */
export const COMMON_FIELDS = fields(['Owner', 'metadata.ownerReferences[]']);
