import { complaint, type PodShell } from '../cluster/pod-shell';
import { CliError } from '../terminal/errors';
import { parseRows, type Rows } from './rows';
import { fillScript } from './scripts/scripts';
import type { Supply } from './source';

/** Seconds after which a restore times out. */
const LONG = 6 * 3600;
const AGAIN =
  'The live database is unchanged. See which dumps there are: npx coped backup <environment> list';

/**
 * Fills an empty database from a dump.
 * @returns the rows that are in the dump, counted on the way
 * @throws CliError if the dump is broken, or not all of it arrived
 */
export async function fill(shell: PodShell, database: string, { about, path, open }: Supply): Promise<Rows> {
  const sending = open?.();
  // The sender must not wait forever for a reader that has gone.
  const stop = () => sending?.stream.destroy();
  const { code, stdout, stderr } = await shell
    .attempt(['bash', '-euc', fillScript(), 'fill', database, path ?? '-'], {
      within: LONG,
      ...(sending && { input: sending.stream }),
    })
    .catch((error) => {
      stop();
      throw error;
    });
  const broken = sending?.stream.errored;
  if (broken) throw new CliError(`${about} did not arrive: ${broken.message}`, AGAIN);
  if (code !== 0) {
    stop();
    throw new CliError(`${about} cannot be restored: ${reason(stderr)}`, AGAIN);
  }
  const arrived = /^sha256 (\w{64})$/m.exec(stdout)?.[1];
  if (sending && arrived !== (await sending.checksum())) {
    throw new CliError(`${about}: what arrived is not what was sent; the checksums differ`, AGAIN);
  }
  return parseRows(stdout);
}

/** The first complaint is the cause; those that follow it are its effects. */
const reason = (text: string): string => complaint(text).split('\n').slice(0, 3).join('\n  ');
