import type { Json } from '../../../checker/manifests/manifest';
import type { Manifest } from '../../manifest';

/** An object in the namespace of the small environment. */
export const object = (apiVersion: string, kind: string, name: string, fields: Json): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: kind === 'Namespace' ? undefined : 'coped-test', labels: fields.labels },
  ...fields,
});
