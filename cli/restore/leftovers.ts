import type { ApiObject } from '../cluster/kubectl';
import type { Databases } from './databases';
import { isFresh } from './names';
import { RESTORE } from './pods';
import type { Site } from './site';

/** Removes what a restore has left whose machine was switched off: nobody else may be at it, see `withLease`. */
export async function removeLeftovers({ world, kubectl, shell }: Site, databases: Databases): Promise<void> {
  for (const { name } of await databases.list()) {
    if (!isFresh(name)) continue;
    world.terminal.say(`An earlier restore was cut short: removing its database ${name}`);
    await databases.drop(name);
  }
  const selector = `--selector=coped.org/one-off in (${RESTORE}, restore-django)`;
  const pods: ApiObject[] = (await kubectl.get('pods', selector)).items;
  for (const { metadata } of pods) {
    if (metadata.name === shell.pod || metadata.deletionTimestamp) continue;
    world.terminal.say(`An earlier restore was cut short: removing its pod ${metadata.name}`);
    await kubectl.run(['delete', 'pod', metadata.name, '--ignore-not-found', '--wait=false']);
  }
}
