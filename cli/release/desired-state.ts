import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import { type ApiObject, type Kubectl, listOf, objectsIn } from '../cluster/kubectl';
import { FIELD_MANAGER, isPlain } from '../cluster/server-side-apply';
import { comparable, type Live } from './live-objects';
import { keyOf } from './release';

/** The result of an apply. */
export interface Intended {
  /** Every object of the release, with what the API server would make of it. */
  readonly objects: readonly Manifest[];
  /** What it would reject. */
  readonly refused: readonly Finding[];
}

/** The API server's own answer to what an apply would do; changes nothing. */
export async function intendedBy(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  live: Live,
  isKnown: IsKnown,
): Promise<Intended> {
  // New objects are shown as they are written, without the server's defaults. They are sent all the same, if their namespace exists,
  // because the server may reject them.
  const there = (manifest: Manifest) => live.get(keyOf(manifest));
  const asked = manifests.filter(
    (manifest) => isKnown(manifest) && (there(manifest) || hasNamespace(manifest, manifests, live)),
  );
  // A server-side dry run does not take over the fields of plain `kubectl apply`, and so would keep those that are no longer set; the
  // dry run of plain `kubectl apply` removes them.
  const plain = asked.filter((manifest) => {
    const object = there(manifest);
    return object && isPlain(object);
  });
  const others = asked.filter((manifest) => !plain.includes(manifest));
  const serverSide = ['--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`];
  const answers = (
    await Promise.all([dryRun(kubectl, plain, []), dryRun(kubectl, others, serverSide)])
  ).flat();
  const made = new Map(answers.flatMap(({ objects }) => objects).map((object) => [keyOf(object), object]));
  return {
    objects: manifests.map((manifest) => {
      const object = there(manifest) && made.get(keyOf(manifest));
      return object ? comparable(object) : manifest;
    }),
    refused: [
      ...answers.flatMap(({ refused }) => refused),
      ...manifests.filter((one) => !isKnown(one)).map(unknown),
    ],
  };
}

const hasNamespace = ({ kind, metadata }: Manifest, manifests: readonly Manifest[], live: Live): boolean => {
  const namespace = manifests.find(
    (one) => one.kind === 'Namespace' && one.metadata.name === metadata.namespace,
  );
  return kind !== 'Namespace' && (namespace === undefined || live.has(keyOf(namespace)));
};

interface Answer {
  readonly objects: readonly ApiObject[];
  readonly refused: readonly Finding[];
}

/** One rejected object hides the answer for all others: those are sent again, by halves. */
async function dryRun(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  how: readonly string[],
): Promise<Answer[]> {
  const [first, ...more] = manifests;
  if (!first) return [];
  const args = ['apply', ...how, '--dry-run=server', '--output=json', '--filename=-'];
  const { code, stdout, stderr } = await kubectl.attempt(args, { input: listOf(manifests) });
  if (code === 0) return [{ objects: objectsIn(stdout), refused: [] }];
  if (
    !/\bis invalid\b|Error from server \((?!Timeout|ServiceUnavailable|InternalError|TooMany)/.test(stderr)
  ) {
    throw new Error(`the API server could not try the apply: ${stderr.trim().split('\n')[0]}`);
  }
  if (more.length === 0) return [{ objects: [], refused: [refusal(first, stderr)] }];
  const half = Math.ceil(manifests.length / 2);
  const [left, right] = [manifests.slice(0, half), manifests.slice(half)];
  return [...(await dryRun(kubectl, left, how)), ...(await dryRun(kubectl, right, how))];
}

/** The last line has the reason; those before it may contain the whole object. */
const refusal = (manifest: Manifest, stderr: string): Finding => ({
  where: `${nameOf(manifest)} metadata`,
  wrong: `is rejected: Kubernetes answers "${(stderr.trim().split('\n').at(-1) ?? '').slice(-400)}"`,
  remedy: 'Fix it in lib/, or keep the present value of an immutable field',
});

const unknown = (manifest: Manifest): Finding => ({
  where: `${nameOf(manifest)} apiVersion`,
  value: manifest.apiVersion,
  wrong: 'is a kind that this cluster does not have',
  remedy: /cert-manager/.test(manifest.apiVersion)
    ? "Install cert-manager, or set `certificates: { source: 'existing' }`"
    : 'Install what provides it',
});

/** Groups of APIs that every cluster has, whatever is installed in it. */
const EVERYWHERE = /^(v1|apps|batch|autoscaling|policy|[a-z.]+\.k8s\.io)(\/|$)/;

/** Whether an object is of a kind that this cluster has. */
export type IsKnown = (object: Pick<Manifest, 'apiVersion' | 'kind'>) => boolean;

/** Lists the kinds of the cluster, if the objects have one that not every cluster has. */
export async function knownKinds(
  kubectl: Kubectl,
  objects: readonly Pick<Manifest, 'apiVersion'>[],
): Promise<IsKnown> {
  if (objects.every(({ apiVersion }) => EVERYWHERE.test(apiVersion))) return () => true;
  const { code, stdout, stderr } = await kubectl.attempt(['api-resources', '--no-headers']);
  // An API that is down takes its own kinds with it, and no others.
  if (code !== 0 && stdout.trim() === '') throw new Error(`kubectl api-resources: ${stderr.trim()}`);
  const known = new Set(
    stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(-3))
      .map(([api, , kind]) => `${api} ${kind}`),
  );
  return ({ apiVersion, kind }) => EVERYWHERE.test(apiVersion) || known.has(`${apiVersion} ${kind}`);
}
