import type { Json } from '../../../checker/manifests/manifest';
import { drop, type Operator, onContainers, onObjects, onPods, positions, put } from '../mutant';

const WITH_PODS = ['Deployment', 'StatefulSet'];
const COMPONENT = 'app.kubernetes.io/component';

/** References: a name, a key or a label is wrong. */
export const references: readonly Operator[] = [
  onPods('misspells an account', () => [(pod) => put(pod, 'missing', 'serviceAccountName')]),
  onPods('drops a volume', (pod) => positions(pod.volumes).map((i) => (p) => drop(p, 'volumes', i))),
  onPods('re-points a volume', (pod) =>
    (pod.volumes ?? []).flatMap((volume: Json, i: number) => [
      ...(volume.configMap ? [(p: Json) => put(p, 'nothing', 'volumes', i, 'configMap', 'name')] : []),
      ...(volume.secret ? [(p: Json) => put(p, 'nothing', 'volumes', i, 'secret', 'secretName')] : []),
      ...(volume.persistentVolumeClaim
        ? [(p: Json) => put(p, 'nothing', 'volumes', i, 'persistentVolumeClaim', 'claimName')]
        : []),
      ...positions(volume.projected?.sources).flatMap((s) => [
        (p: Json) => put(p, 'nothing', 'volumes', i, 'projected', 'sources', s, 'secret', 'name'),
        (p: Json) => put(p, 'nothing', 'volumes', i, 'projected', 'sources', s, 'secret', 'items', 0, 'key'),
        (p: Json) => put(p, 'nothing', 'volumes', i, 'projected', 'sources', s, 'secret', 'items', 0, 'path'),
        (p: Json) => drop(p, 'volumes', i, 'projected', 'sources', s),
      ]),
    ]),
  ),
  onPods('makes files unreadable', (pod) =>
    positions(pod.volumes).flatMap((i) =>
      ['secret', 'configMap', 'projected']
        .filter((source) => pod.volumes[i][source])
        .flatMap((source) => [
          (p: Json) => put(p, 0, 'volumes', i, source, 'defaultMode'),
          // For root alone.
          (p: Json) => {
            delete p.securityContext.fsGroup;
            return put(p, 256, 'volumes', i, source, 'defaultMode');
          },
        ]),
    ),
  ),
  onContainers('drops a mount', (container) =>
    positions(container.volumeMounts).map((i) => (c) => drop(c, 'volumeMounts', i)),
  ),
  onContainers('mounts at another path', (container) =>
    positions(container.volumeMounts).map((i) => (c) => put(c, '/elsewhere', 'volumeMounts', i, 'mountPath')),
  ),
  onContainers('misspells a mount', (container) =>
    positions(container.volumeMounts).map((i) => (c) => put(c, 'nothing', 'volumeMounts', i, 'name')),
  ),
  onContainers('misspells the configuration of a container', (container) =>
    positions(container.envFrom).map((i) => (c) => put(c, 'nothing', 'envFrom', i, 'configMapRef', 'name')),
  ),
  onContainers('drops a variable', (container) =>
    positions(container.env).map((i) => (c) => drop(c, 'env', i)),
  ),
  onContainers('re-points a file variable', (container) =>
    (container.env ?? []).flatMap(({ name }: Json, i: number) =>
      name.endsWith('_FILE') ? [(c: Json) => put(c, '/nowhere/password', 'env', i, 'value')] : [],
    ),
  ),
  onContainers('re-points an address', (container) =>
    (container.env ?? []).flatMap(({ name, value }: Json, i: number) => {
      if (typeof value !== 'string') return [];
      if (/:\/\//.test(value)) {
        return [(c: Json) => put(c, value.replace(/\/\/[^:/]+/, '//nowhere'), 'env', i, 'value')];
      }
      return /HOST(NAME)?$/.test(name) ? [(c: Json) => put(c, 'nowhere', 'env', i, 'value')] : [];
    }),
  ),
  onObjects('drops a key of configuration', ['ConfigMap', 'Secret'], (object) =>
    Object.keys(object.data ?? {}).map((key) => (o) => drop(o, 'data', key)),
  ),
  onObjects('re-points an address in configuration', ['ConfigMap'], ({ data }) =>
    Object.entries<string>(data ?? {})
      .filter(([key, value]) => /_HOST(NAME)?$|_URL$/.test(key) || /^https?:\/\//.test(value))
      .map(
        ([key, value]) =>
          (o) =>
            put(o, /:\/\//.test(value) ? value.replace(/\/\/[^:/]+/, '//nowhere') : 'nowhere', 'data', key),
      ),
  ),
  onObjects('re-points a file in configuration', ['ConfigMap'], ({ data }) =>
    Object.keys(data ?? {})
      .filter((key) => key.endsWith('_FILE'))
      .map((key) => (o) => put(o, '/nowhere/password', 'data', key)),
  ),
  onObjects('changes the selector of a workload', WITH_PODS, () => [
    (o) => put(o, 'wbe', 'spec', 'selector', 'matchLabels', COMPONENT),
    (o) => drop(o, 'spec', 'selector', 'matchLabels', COMPONENT),
  ]),
  onObjects('changes the labels of pods', WITH_PODS, () => [
    (o) => put(o, 'wbe', 'spec', 'template', 'metadata', 'labels', COMPONENT),
    (o) => drop(o, 'spec', 'template', 'metadata', 'labels', COMPONENT),
  ]),
  onObjects('changes the selector of a Service', ['Service'], () => [
    (o) => put(o, 'wbe', 'spec', 'selector', COMPONENT),
    (o) => drop(o, 'spec', 'selector', COMPONENT),
  ]),
  onObjects('changes the selector of a disruption budget', ['PodDisruptionBudget'], () => [
    (o) => put(o, 'wbe', 'spec', 'selector', 'matchLabels', COMPONENT),
    (o) => drop(o, 'spec', 'selector', 'matchLabels', COMPONENT),
  ]),
  onObjects('re-points a StatefulSet', ['StatefulSet'], () => [
    (o) => put(o, 'nothing', 'spec', 'serviceName'),
  ]),
  onObjects('re-points an autoscaler', ['HorizontalPodAutoscaler'], () => [
    (o) => put(o, 'nothing', 'spec', 'scaleTargetRef', 'name'),
    (o) => put(o, 'StatefulSet', 'spec', 'scaleTargetRef', 'kind'),
  ]),
  onObjects('re-points a certificate', ['Certificate'], () => [
    (o) => put(o, 'nothing', 'spec', 'secretName'),
    (o) => put(o, { kind: 'Issuer', name: 'missing' }, 'spec', 'issuerRef'),
  ]),
];
