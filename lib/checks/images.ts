import type { Check } from './check';
import { type Container, containers, workloads } from './workloads';

/** registry/path/name:tag@digest, as container runtimes read it. */
const REFERENCE =
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:(?<tag>\w[\w.-]{0,127}))?(@sha256:(?<digest>[0-9a-f]{64}))?$/;

/** Tags that move by their name, with or without the name of a distribution behind. */
const MOVING = /^(latest|stable|main|master|edge|nightly|rolling|release|dev|lts)(-[a-z]+)*$/;

/** `17`, `v17`, `17-trixie`: a major version moves with every release; six digits or more are a date or a commit. */
const MAJOR = /^v?\d{1,5}(-[a-z]+)*$/;

/** What the images are called that a laptop builds for itself. */
const LOCAL = 'development';

/**
 * The image of today is the image of tomorrow, on every node: an explicit tag that does not move, or a
 * digest. Only then is `IfNotPresent` right, and only with it can a laptop use the images it has built.
 * @see https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
 */
export const images: Check = ({ manifests, fakeSecrets }) =>
  workloads(manifests)
    .flatMap(containers)
    .flatMap((container) => [...reference(container, fakeSecrets), ...pullPolicy(container)]);

function reference({ path, spec }: Container, local: boolean) {
  const where = `${path}.image`;
  const value = spec.image;
  const { tag, digest } = REFERENCE.exec(value)?.groups ?? {};
  if (typeof value !== 'string' || !REFERENCE.test(value)) {
    const remedy = 'Write registry/name:tag, e.g. docker.io/library/postgres:17.12-trixie';
    return [{ where, value, rule: 'is not a reference to an image', remedy }];
  }
  if (digest || (tag && !moves(tag) && tag !== LOCAL) || (local && tag === LOCAL)) return [];
  const rule =
    tag === LOCAL
      ? 'is an image that only a laptop has'
      : `can change without notice: ${tag ? `"${tag}" moves` : 'it has no tag'}`;
  return [{ where, value, rule, remedy: 'Use an explicit tag such as :1.4.0, or a digest @sha256:…' }];
}

/** A tag without a digit names a state of affairs, never a version. */
const moves = (tag: string): boolean => MOVING.test(tag) || MAJOR.test(tag) || !/\d/.test(tag);

const pullPolicy = ({ path, spec }: Container) =>
  spec.imagePullPolicy === 'IfNotPresent'
    ? []
    : [
        {
          where: `${path}.imagePullPolicy`,
          value: spec.imagePullPolicy,
          rule: 'is not IfNotPresent',
          remedy: 'Set it to IfNotPresent: tags do not move here, and a laptop has no registry to ask',
        },
      ];
