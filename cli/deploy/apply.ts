import type { Manifest } from '../../checker/manifests/manifest';
import { withheldText } from '../../checker/secrets/withhold';
import { FIELD_MANAGER } from '../cluster/field-manager';
import { type Kubectl, listOf } from '../cluster/kubectl';
import { withLastApplied } from '../cluster/last-applied';
import { isPlain, type Live, liveOf } from '../release/live-objects';
import { staysBecause, takesDataAlong } from '../release/ownership';
import { type Identity, identityOf, keyOf } from '../release/release';
import { CliError } from '../terminal/errors';

const LINES = 10;
/** Seconds for all objects together. */
const WITHIN = 300;

/**
 * Applies a release, server-side and with our own field manager: fields that it does not set stay as they are. Plain `kubectl apply`
 * may be used before and after.
 *
 * @param live the objects as they are
 * @returns warnings of the API server
 * @throws CliError
 */
export async function apply(kubectl: Kubectl, manifests: readonly Manifest[], live: Live): Promise<string> {
  // kubectl takes over the fields of plain `kubectl apply` only together with that one's annotation; so first without ours.
  const plain = manifests.filter((manifest) => isPlain(live.get(keyOf(manifest)) ?? { metadata: {} }));
  const warnings = await serverSide(kubectl, plain);
  return warnings + (await serverSide(kubectl, manifests.map(annotated)));
}

/** The annotation would repeat the values of a Secret. */
const annotated = (manifest: Manifest): Manifest =>
  manifest.kind === 'Secret' ? manifest : withLastApplied(manifest);

async function serverSide(kubectl: Kubectl, manifests: readonly Manifest[]): Promise<string> {
  if (manifests.length === 0) return '';
  const args = [
    'apply',
    '--server-side',
    '--force-conflicts',
    `--field-manager=${FIELD_MANAGER}`,
    '--filename=-',
  ];
  const { code, stderr } = await kubectl.attempt(args, { input: listOf(manifests), within: WITHIN });
  if (code === 0) return stderr;
  const lines = stderr.trim().split('\n').filter(Boolean).slice(-LINES);
  const shown = lines.map((line) => `  ${withheldText(line.slice(0, 300))}`);
  throw new CliError(
    ['not everything could be applied', ...shown].join('\n'),
    'Run it again: what is applied already stays as it is',
  );
}

/** Deletes objects that only earlier releases describe, unless another program manages them by now. */
export async function prune(
  kubectl: Kubectl,
  environment: string,
  objects: readonly Identity[],
): Promise<void> {
  const live = await liveOf(kubectl, objects);
  const deleted = objects.filter((object) => {
    const found = live.get(keyOf(object));
    if (!found || found.metadata.deletionTimestamp) return false;
    return !staysBecause(found, environment) && !takesDataAlong(found);
  });
  if (deleted.length === 0) return;
  await kubectl.run(['delete', '--ignore-not-found', '--wait=false', '--filename=-'], {
    input: listOf(deleted.map(identityOf)),
  });
}
