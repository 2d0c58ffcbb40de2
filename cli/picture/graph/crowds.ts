/** A connection that the policies let through, as a picture shows it. */
export interface Reached {
  readonly from: string;
  readonly to: string;
  readonly door: string;
}

/** What people call the untrusted peers that are tried: a picture needs one of each kind. */
export const crowd = (name: string): string => CROWDS[name] ?? name.replace(/^another pod in .*/, OTHER_PODS);

const OTHER_PODS = 'any other pod';
const INTERNET = 'the internet';
const CROWDS: Readonly<Record<string, string>> = {
  'another-namespace': OTHER_PODS,
  internet: INTERNET,
  kubelet: 'any machine',
  'metadata-address': 'cloud metadata',
};

/** A door that everybody may knock at, and a caller who may knock anywhere. */
const ANYBODY = 'anybody';
const ANYWHERE = 'anywhere';

/**
 * Where a door is open to untrusted peers, a line from each of ours to it says nothing any more; where it is open to pods and
 * the internet, it is open to anybody. Without policies all this is one line for each, and not a hundred.
 *
 * @param shown those of the open connections that are to be drawn
 */
export function withCrowds(open: readonly Reached[], shown: readonly Reached[]): Reached[] {
  const known = new Set(open.map(keyOf));
  const is = (one: Reached) => known.has(keyOf(one));
  const all = shown.flatMap((one): Reached[] => {
    const isStranger = STRANGERS.includes(one.from);
    if (is({ ...one, from: OTHER_PODS })) {
      return isStranger ? [{ ...one, from: is({ ...one, from: INTERNET }) ? ANYBODY : OTHER_PODS }] : [];
    }
    const isFree = is({ ...one, to: OTHER_PODS }) && is({ ...one, to: INTERNET });
    return isFree ? [{ ...one, to: ANYWHERE }] : [one];
  });
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

const STRANGERS: readonly string[] = [OTHER_PODS, INTERNET];

const keyOf = ({ from, to, door }: Reached): string => [from, to, door].join(' ');
