/** What Pod Security asks of a pod of ours that needs nothing. */
export const unprivileged = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
};

/** A shell script that takes next to nothing: the quota of its namespace counts it, too. */
export const smallContainer = (name: string, image: string, script: string) => ({
  name,
  image,
  imagePullPolicy: 'IfNotPresent',
  command: ['sh', '-c', script],
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
  resources: {
    requests: { cpu: '5m', memory: '8Mi', 'ephemeral-storage': '1Mi' },
    limits: { memory: '64Mi', 'ephemeral-storage': '8Mi' },
  },
});
