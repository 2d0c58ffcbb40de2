import { deployedOf, type ReleaseRecord } from '../release/records';
import type { Release } from '../release/release';
import { RefusedError } from '../terminal/errors';

/**
 * An earlier release, to be deployed again: the requested one, or the last before the present one that was deployed.
 * Only a number goes back further.
 *
 * @throws RefusedError if there is none
 */
export function earlier(records: readonly ReleaseRecord[], asked?: number): Release {
  const found = asked === undefined ? previous(records) : records.find(({ number }) => number === asked);
  if (found && (asked === undefined || found.status === 'deployed')) {
    const { number, time, by, commit, restores } = found;
    return {
      manifests: found.manifests(),
      origin: `release ${number} (${time.slice(0, 16).replace('T', ' ')}, ${by})`,
      restores: restores ?? number,
      ...(commit && { commit }),
    };
  }
  const numbers = deployedOf(records).map(({ number }) => number);
  throw new RefusedError(
    asked === undefined
      ? 'there is no earlier release to go back to'
      : `release ${asked} was not deployed, or is no longer recorded`,
    numbers.length > 0
      ? `Choose from ${numbers.join(', ')}`
      : 'Revert the sources (`git revert`), run `npm run synth`, and deploy that',
  );
}

function previous(records: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  const deployed = deployedOf(records);
  const last = records.at(-1);
  if (!last) return undefined;
  // Twice goes back once: the first may have been interrupted.
  if (last.restores !== undefined) return deployed.filter(({ digest }) => digest === last.digest).at(-1);
  // After a failed release it goes back to the last that was deployed.
  return last.status === 'deployed'
    ? deployed.filter(({ digest }) => digest !== last.digest).at(-1)
    : deployed.at(-1);
}
