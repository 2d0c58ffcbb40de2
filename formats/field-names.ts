/** Where the types that cdk8s generates have another name for a field than the API, in the kinds that are used here. */
export interface FieldNames {
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
