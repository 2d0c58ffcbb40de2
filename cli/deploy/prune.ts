import { type Kubectl, listOf } from '../cluster/kubectl';
import { liveOf } from '../release/live-objects';
import { staysBecause, takesDataAlong } from '../release/ownership';
import { type Identity, identityOf, keyOf } from '../release/release';

/** Deletes what earlier releases made and this one does not describe; what has become somebody else's meanwhile is left alone. */
export async function prune(
  kubectl: Kubectl,
  environment: string,
  objects: readonly Identity[],
): Promise<void> {
  const live = await liveOf(kubectl, objects);
  const going = objects.filter((object) => {
    const there = live.get(keyOf(object));
    return (
      there &&
      !there.metadata.deletionTimestamp &&
      !staysBecause(there, environment) &&
      !takesDataAlong(there)
    );
  });
  if (going.length === 0) return;
  await kubectl.run(['delete', '--ignore-not-found', '--wait=false', '--filename=-'], {
    input: listOf(going.map(identityOf)),
  });
}
