import type { Quantity } from 'cdk8s-plus-27/lib/imports/k8s';

/** A type that cdk8s generates, as the API of Kubernetes has it: amounts, ports, times and enumerations are plain values. */
export type Written<T> = T extends string
  ? `${T}`
  : T extends Plain
    ? T
    : T extends Date
      ? string
      : [T, Wrapped] extends [Wrapped, T]
        ? string | number
        : T extends readonly (infer Item)[]
          ? Written<Item>[]
          : { readonly [K in keyof T as K extends keyof FieldNames ? FieldNames[K] : K]: Written<T[K]> };

type Plain = number | boolean | undefined;

/** `Quantity` and `IntOrString`: `100m`, `8080` */
type Wrapped = Quantity;

/** Where the types that cdk8s generates have another name for a field than the API, in the kinds that are used here. */
interface FieldNames {
  readonly clientIp: 'clientIP';
  readonly clusterIp: 'clusterIP';
  readonly datasetUuid: 'datasetUUID';
  readonly diskUri: 'diskURI';
  readonly downwardApi: 'downwardAPI';
  readonly hostIp: 'hostIP';
  readonly hostIpc: 'hostIPC';
  readonly hostPid: 'hostPID';
  readonly isCa: 'isCA';
  readonly issuingCertificateUrLs: 'issuingCertificateURLs';
  readonly loadBalancerIp: 'loadBalancerIP';
  readonly nonResourceUrLs: 'nonResourceURLs';
  readonly pdId: 'pdID';
  readonly scaleIo: 'scaleIO';
  readonly setHostnameAsFqdn: 'setHostnameAsFQDN';
  readonly storagePolicyId: 'storagePolicyID';
  readonly targetWwNs: 'targetWWNs';
  readonly volumeId: 'volumeID';
}
