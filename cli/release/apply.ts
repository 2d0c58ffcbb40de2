import type { Manifest } from '../../checker/manifests/manifest';
import { withheldText } from '../../checker/secrets/withhold';
import { FIELD_MANAGER } from '../cluster/field-manager';
import { type Kubectl, listOf } from '../cluster/kubectl';
import { withLastApplied } from '../cluster/last-applied';
import { CliError } from '../terminal/errors';
import { isPlain, type Live } from './live';
import { keyOf } from './release';

const LINES = 10;
/** Seconds for all objects together. */
const WITHIN = 300;

/**
 * Applies a release, server-side and under our own name: what is in it is so afterwards, and what it does not speak of stays as it
 * is. Plain `kubectl apply` may be used before and after.
 *
 * @param live the objects as they are
 * @returns what the API server remarks
 * @throws CliError
 */
export async function apply(kubectl: Kubectl, manifests: readonly Manifest[], live: Live): Promise<string> {
  // kubectl hands over what plain `kubectl apply` has written only together with that one's own note; so first without ours.
  const plain = manifests.filter((manifest) => isPlain(live.get(keyOf(manifest)) ?? { metadata: {} }));
  const remarks = await serverSide(kubectl, plain);
  return (
    remarks +
    (await serverSide(
      kubectl,
      manifests.map((manifest) => noted(manifest)),
    ))
  );
}

/** The note would repeat what is in a Secret. */
const noted = (manifest: Manifest): Manifest =>
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
  const lines = stderr.trim().split('\n').filter(Boolean);
  throw new CliError(
    [
      'not everything could be applied',
      ...lines.slice(-LINES).map((line) => `  ${withheldText(line.slice(0, 300))}`),
    ].join('\n'),
    'Run it again: what is applied already stays as it is',
  );
}
