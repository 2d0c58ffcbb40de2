import type { ObjectOf } from '../manifests/kubernetes';
import type { Manifest } from '../manifests/manifest';
import { again, type Field } from './field';

const fixed = (path: string, stake: string, more: Partial<Field> = {}): Field => ({
  path,
  answer: 'field is immutable',
  stake,
  way: again,
  ...more,
});

const KEPT = 'nothing stored: volumes that exist keep what they were made with';
const RIGHTS = 'no data, but until the new binding exists, its subjects lack the rights that it gives';
const SCHEDULING = 'nothing: pods that exist keep what they were made with';

const binding = [fixed('roleRef', RIGHTS, { answer: 'cannot change roleRef' })];

/** `immutable: true` can be set, and never taken back. */
const sealed = {
  answer: 'field is immutable when `immutable` is set',
  stake: 'nothing stored, but running pods keep the old contents until they are restarted',
  fixed: (before: Manifest) => before.immutable === true,
  way: (before: Manifest) =>
    `give the new contents another name, or ${again(before)} and restart its readers`,
};

/** Kubernetes keeps both ways to write a Secret in one field. */
const contents = ({ data, stringData }: ObjectOf<'Secret'>) => ({
  ...data,
  ...Object.fromEntries(
    Object.entries(stringData ?? {}).map(([key, text]) => [key, Buffer.from(`${text}`).toString('base64')]),
  ),
});

const SOURCE_NOT = [
  ...['accessModes', 'capacity', 'claimRef', 'mountOptions', 'nodeAffinity', 'persistentVolumeReclaimPolicy'],
  ...['storageClassName', 'volumeAttributesClassName', 'volumeMode'],
];

const source = ({ spec }: Manifest) =>
  Object.fromEntries(Object.entries(spec ?? {}).filter(([key]) => !SOURCE_NOT.includes(key)));

const kindOfResource = (path: string): Field =>
  fixed(path, 'every object of this kind: they are deleted with the definition', {
    way: () => 'define another kind beside it, move the objects, and delete this one when none is left',
  });

export const otherFields: Readonly<Record<string, readonly Field[]>> = {
  ConfigMap: ['data', 'binaryData', 'immutable'].map((path) => ({ path, ...sealed })),
  Secret: [
    { path: 'data', of: contents, secret: true, ...sealed },
    { path: 'immutable', ...sealed },
    fixed('type', 'nothing but the Secret: have its values at hand before it is deleted', {
      of: ({ type }) => type ?? 'Opaque',
    }),
  ],
  PersistentVolume: [
    fixed('spec.volumeMode', KEPT),
    fixed('spec', 'the data: it stays where it is', { of: source, answer: 'is immutable after creation' }),
  ],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].map((path) =>
    fixed(path, KEPT),
  ),
  RoleBinding: binding,
  ClusterRoleBinding: binding,
  PriorityClass: [
    fixed('value', SCHEDULING, { answer: 'may not be changed in an update' }),
    fixed('preemptionPolicy', SCHEDULING),
  ],
  RuntimeClass: [fixed('handler', SCHEDULING)],
  IngressClass: [fixed('spec.controller', 'no data, but the site, while no controller serves the class')],
  ResourceQuota: [fixed('spec.scopes', 'nothing: while it is gone, nothing is limited')],
  CustomResourceDefinition: ['spec.scope', 'spec.group', 'spec.names.kind', 'spec.names.plural'].map(
    kindOfResource,
  ),
};
