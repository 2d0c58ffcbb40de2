import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Manifest } from '../../checker/manifests/manifest';
import type { ApiObject, Kubectl } from '../cluster/kubectl';
import { user } from '../cluster/lease/lease-object';
import { CliError, RefusedError } from '../terminal/errors';
import type { Identity, Release } from './release';

/** The number of a release, as a label of its ConfigMap: the records are found by it. */
const NUMBER = 'coped.org/release';
const STATUS = 'coped.org/status';
/** Deployed releases that are kept for a rollback. */
const KEPT = 5;
/** Bytes of a ConfigMap without its other fields: a hundred times the size of a release. */
const LARGEST = 2 ** 20 - 4096;

const STATES = ['pending', 'deployed', 'failed'] as const;
export type Status = (typeof STATES)[number];

/** A release as the cluster records it: a ConfigMap. */
export interface ReleaseRecord {
  readonly number: number;
  readonly status: Status;
  readonly time: string;
  readonly by: string;
  readonly commit?: string;
  /** The number of the release that it brought back. */
  readonly restores?: number;
  /** Of its manifests: equal if they are. */
  readonly digest: string;
  /** Without Secrets. */
  readonly manifests: () => readonly Manifest[];
  /** Objects that earlier releases had left behind. */
  readonly left: () => readonly Identity[];
}

/** Every recorded release, the oldest first. */
export async function recordsOf(kubectl: Kubectl): Promise<ReleaseRecord[]> {
  const items = await kubectl.list('configmaps', `--selector=${NUMBER}`);
  return items.map((item) => parse(item, kubectl)).sort((a, b) => a.number - b.number);
}

function parse({ metadata, data = {}, binaryData }: ApiObject, kubectl: Kubectl): ReleaseRecord {
  const number = Number(metadata.labels?.[NUMBER]);
  const contents = () => {
    try {
      return JSON.parse(gunzipSync(Buffer.from(binaryData?.release ?? '', 'base64')).toString());
    } catch {
      throw new CliError(
        `the record of release ${number} cannot be read: it was changed in ConfigMap/${metadata.name}`,
        `Delete it: \`${kubectl.typed('delete', 'configmap', metadata.name)}\`. Objects that only that release has created then stay until you delete them`,
      );
    }
  };
  return {
    number,
    status: STATES.find((state) => state === metadata.annotations?.[STATUS]) ?? 'pending',
    time: data.time ?? '',
    by: data.by ?? '',
    ...(data.commit && { commit: data.commit }),
    ...(data.restores && { restores: Number(data.restores) }),
    digest: data.digest ?? '',
    manifests: () => contents().manifests,
    left: () => contents().left,
  };
}

/** Those that were deployed, the last of them at the end. */
export const deployedOf = (records: readonly ReleaseRecord[]): ReleaseRecord[] =>
  records.filter(({ status }) => status === 'deployed');

/** Secrets are never part of a release: they stay as they are in the cluster. */
const withoutSecrets = (manifests: readonly Manifest[]): Manifest[] =>
  manifests.filter(({ kind }) => kind !== 'Secret');

export const digestOf = (manifests: readonly Manifest[]): string =>
  createHash('sha256')
    .update(JSON.stringify(withoutSecrets(manifests)))
    .digest('hex')
    .slice(0, 16);

const objectName = (number: number): string => `coped-release-${number}`;

/**
 * Records a release before anything of it is applied, so that whatever is applied can be found again.
 *
 * @param left what earlier releases have left behind
 * @returns its number
 * @throws RefusedError if it is too large
 */
export async function remember(
  kubectl: Kubectl,
  records: readonly ReleaseRecord[],
  { manifests, commit, restores }: Release,
  left: readonly Identity[],
  now: Date,
): Promise<number> {
  const digest = digestOf(manifests);
  const last = records.at(-1);
  // An interrupted attempt is continued, and not counted twice.
  if (last?.status === 'pending' && last.digest === digest && last.restores === restores) return last.number;
  const number = (last?.number ?? 0) + 1;
  const contents = gzipSync(JSON.stringify({ manifests: withoutSecrets(manifests), left }), { level: 9 });
  if (contents.length > LARGEST) {
    throw new RefusedError(
      `the record of this release has ${(contents.length / 2 ** 20).toFixed(1)} MiB, and the cluster takes 1 MiB`,
      'Put large files into an image or on a volume, and not into ConfigMaps',
    );
  }
  const record = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: objectName(number),
      labels: { [NUMBER]: String(number) },
      annotations: { [STATUS]: 'pending' },
    },
    immutable: true,
    data: {
      time: now.toISOString(),
      by: user(),
      digest,
      ...(commit !== undefined && { commit }),
      ...(restores !== undefined && { restores: String(restores) }),
    },
    binaryData: { release: contents.toString('base64') },
  };
  await kubectl.run(['create', '--filename=-'], { input: JSON.stringify(record) });
  return number;
}

/** Records how a release ended. */
export async function conclude(kubectl: Kubectl, number: number, status: Status): Promise<void> {
  await kubectl.run(['annotate', '--overwrite', 'configmap', objectName(number), `${STATUS}=${status}`]);
}

/** Deletes the records before the last few that were deployed. */
export async function forgetOld(kubectl: Kubectl): Promise<void> {
  const records = await recordsOf(kubectl);
  const oldest = deployedOf(records).at(-KEPT);
  const old = records.filter(({ number }) => oldest && number < oldest.number);
  if (old.length === 0) return;
  const names = old.map(({ number }) => objectName(number));
  await kubectl.run(['delete', 'configmap', '--ignore-not-found', ...names]);
}
