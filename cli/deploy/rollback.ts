import type { ReleaseRecord } from '../release/records';
import type { Release } from '../release/release';
import { RefusedError } from '../terminal/errors';

/**
 * An earlier release, to be deployed again: the one that was asked for, or the last that worked before the present one.
 * To go further back than once, somebody has to say how far.
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
  const numbers = records.filter(({ status }) => status === 'deployed').map(({ number }) => number);
  throw new RefusedError(
    asked === undefined
      ? 'there is no earlier release that worked'
      : `release ${asked} was not deployed, or is forgotten`,
    numbers.length > 0
      ? `These were deployed and are remembered: ${numbers.join(', ')}`
      : 'Go back in the sources (`git revert`), `npm run synth`, and deploy that',
  );
}

function previous(records: readonly ReleaseRecord[]): ReleaseRecord | undefined {
  const deployed = records.filter(({ status }) => status === 'deployed');
  const last = records.at(-1);
  if (!last) return undefined;
  // Asked for twice it is done once: the second time may be somebody who does not know whether the first came to its end.
  if (last.restores !== undefined) return deployed.filter(({ digest }) => digest === last.digest).at(-1);
  // What did not get to its end is left by going back to what worked.
  return last.status === 'deployed'
    ? deployed.filter(({ digest }) => digest !== last.digest).at(-1)
    : deployed.at(-1);
}
