import { basename, dirname, join } from 'node:path';
import { fieldOf, listOf } from '../../checker/manifests/workloads';
import type { Part } from './documents';

const GROUP = 'kustomize.config.k8s.io/';

/** Groups of which programs read their configuration; no API server has them. */
const PROGRAMS =
  /(^|\.)config\.k8s\.io$|^(kind\.x-k8s\.io|kubeadm\.k8s\.io|k3d\.io|skaffold|builtin|ctlptl\.dev|kpt\.dev|config\.kubernetes\.io|client\.authentication\.k8s\.io|audit\.k8s\.io|backstage\.io)$/;

/** Why an object is none of a cluster, though it is written like one. */
export function programOf(apiVersion: string, kind: string): string | undefined {
  if (apiVersion.startsWith(GROUP)) {
    return 'is for kustomize, and what it changes or generates is not checked: check what `kubectl kustomize` prints';
  }
  // A kubeconfig has the version of Kubernetes' own objects.
  const isKubeconfig = apiVersion === 'v1' && kind === 'Config';
  return isKubeconfig || PROGRAMS.test(apiVersion.split('/')[0] ?? '')
    ? `is ${kind} (${apiVersion}), which a program reads and no cluster`
    : undefined;
}

const isKustomization = ({ file, value }: Part): boolean =>
  /^kustomization\.ya?ml$/i.test(basename(file)) || String(fieldOf(value, 'apiVersion')).startsWith(GROUP);

/** The files that change objects of other files. */
export const patchesOf = (parts: readonly Part[]): ReadonlySet<string> =>
  new Set(
    parts.filter(isKustomization).flatMap(({ file, value }) =>
      ['patches', 'patchesStrategicMerge', 'patchesJson6902']
        .flatMap((field) => listOf(fieldOf(value, field)))
        .map((patch) => fieldOf(patch, 'path') ?? patch)
        .flatMap((path) => (typeof path === 'string' ? join(dirname(file), path) : [])),
    ),
  );
