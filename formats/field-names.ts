/** Where cdk8s's types have another name for a field than the API of Kubernetes. */
export interface FieldNames {
  readonly clientIp: 'clientIP';
  readonly clusterIp: 'clusterIP';
  readonly downwardApi: 'downwardAPI';
  readonly hostIp: 'hostIP';
  readonly hostIpc: 'hostIPC';
  readonly hostPid: 'hostPID';
  readonly loadBalancerIp: 'loadBalancerIP';
  readonly nonResourceUrLs: 'nonResourceURLs';
  readonly setHostnameAsFqdn: 'setHostnameAsFQDN';
}
