import { LOCAL_TAG, moves, parseImage } from '../../../formats/image';
import { type Container, containers, workloads } from '../../manifests/workloads';
import { rule } from '../../rule';
import { fieldFindings } from '../fields';

export const images = rule({
  id: 'images',
  what: 'An image can change without notice, or is pulled at each start.',
  why: 'The image must stay the same, on every node: only then is IfNotPresent correct, and a laptop needs it to use images built there.',
  remedy: 'Name an explicit tag or a digest, with imagePullPolicy IfNotPresent.',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy',
  find: ({ manifests, fakeSecrets = false }) =>
    workloads(manifests)
      .flatMap(containers)
      .flatMap((container) => [...reference(container, fakeSecrets), ...pullPolicy(container)]),
});

function reference({ path, spec }: Container, local: boolean) {
  const where = `${path}.image`;
  const value = spec.image;
  const parts = parseImage(value);
  if (!parts) {
    const remedy = 'Use registry/name:tag, e.g. docker.io/library/postgres:17.12-trixie';
    return [{ where, value, wrong: 'is not a reference to an image', remedy }];
  }
  const { tag } = parts;
  if (!moves(parts) || (local && tag === LOCAL_TAG)) return [];
  const wrong =
    tag === LOCAL_TAG
      ? 'is an image that exists on a laptop only'
      : `can change without notice: ${tag ? `"${tag}" moves` : 'it has no tag'}`;
  return [{ where, value, wrong, remedy: 'Use an explicit tag such as :1.4.0, or a digest @sha256:…' }];
}

const pullPolicy = ({ path, spec: { imagePullPolicy } }: Container) =>
  fieldFindings(path, [
    [
      'imagePullPolicy',
      imagePullPolicy,
      imagePullPolicy !== 'IfNotPresent' && 'is not IfNotPresent',
      'Set it to IfNotPresent: tags do not move here, and a laptop has no registry to pull from',
    ],
  ]);
