import type { Manifest } from '../../checker/manifests/manifest';
import { nameOf } from '../../checker/manifests/workloads';
import type { Finding } from '../../checker/problem';
import { FIELD_MANAGER } from '../cluster/field-manager';
import { type ApiObject, type Kubectl, listOf } from '../cluster/kubectl';
import type { IsKnown } from './kinds';
import { comparable, isPlain, type Live } from './live';
import { keyOf } from './release';

/** What would be there after an apply. */
export interface Intended {
  /** Every object of the release, with what the API server would make of it. */
  readonly objects: readonly Manifest[];
  /** What it would not accept. */
  readonly refused: readonly Finding[];
}

/** Asks the API server what an apply would make of a release; changes nothing. */
export async function intendedBy(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  live: Live,
  isKnown: IsKnown,
): Promise<Intended> {
  // What is new is told as it is written: what the server adds is its own business. It is asked all the same, if there is a
  // namespace to ask for, because it may refuse it.
  const there = (manifest: Manifest) => live.get(keyOf(manifest));
  const asked = manifests.filter(
    (manifest) => isKnown(manifest) && (there(manifest) || hasNamespace(manifest, manifests, live)),
  );
  // A server-side dry run does not know that it would take over what plain `kubectl apply` has written, and so would keep what
  // is no longer described; the dry run of plain `kubectl apply` knows.
  const plain = asked.filter((manifest) => there(manifest) && isPlain(there(manifest)));
  const others = asked.filter((manifest) => !plain.includes(manifest));
  const answers = await Promise.all([
    dryRun(kubectl, plain, []),
    dryRun(kubectl, others, ['--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`]),
  ]);
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

/** One object that is refused hides the answer for all others: those are asked again, by halves. */
async function dryRun(
  kubectl: Kubectl,
  manifests: readonly Manifest[],
  how: readonly string[],
): Promise<Answer> {
  const [first, ...more] = manifests;
  if (!first) return { objects: [], refused: [] };
  const args = ['apply', ...how, '--dry-run=server', '--output=json', '--filename=-'];
  const { code, stdout, stderr } = await kubectl.attempt(args, { input: listOf(manifests) });
  if (code === 0) {
    const answer: ApiObject = JSON.parse(stdout);
    return { objects: answer.items ?? [answer], refused: [] };
  }
  if (
    !/\bis invalid\b|Error from server \((?!Timeout|ServiceUnavailable|InternalError|TooMany)/.test(stderr)
  ) {
    throw new Error(`the API server does not say what an apply would do: ${stderr.trim().split('\n')[0]}`);
  }
  if (more.length === 0) return { objects: [], refused: [refusal(first, stderr)] };
  const half = Math.ceil(manifests.length / 2);
  const [left, right] = [manifests.slice(0, half), manifests.slice(half)];
  const answers = [await dryRun(kubectl, left, how), await dryRun(kubectl, right, how)];
  return {
    objects: answers.flatMap(({ objects }) => objects),
    refused: answers.flatMap(({ refused }) => refused),
  };
}

/** The last line has the reason; those before it may have all of the object in them. */
const refusal = (manifest: Manifest, stderr: string): Finding => ({
  where: `${nameOf(manifest)} metadata`,
  wrong: `is not accepted as it is: Kubernetes answers "${(stderr.trim().split('\n').at(-1) ?? '').slice(-400)}"`,
  remedy: 'Mend it in lib/, or, where a field can never change, keep what is there',
});

const unknown = (manifest: Manifest): Finding => ({
  where: `${nameOf(manifest)} apiVersion`,
  value: manifest.apiVersion,
  wrong: 'is a kind that this cluster does not have',
  remedy: /cert-manager/.test(manifest.apiVersion)
    ? "Have cert-manager installed, or set `certificates: { source: 'existing' }`"
    : 'Have installed what brings it',
});
