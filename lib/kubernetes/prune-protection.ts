/**
 * Annotations for what holds data, or everything else: Argo CD and Flux delete what is no longer described, and this they leave.
 * Argo CD looks for it nowhere but on the object: docs/decisions/0026-gitops.md.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#prune
 */
export const pruneProtection: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
