import { executor } from '../../../cli/cluster/execute';
import { knownContexts } from '../../../cli/cluster/guard';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { refusal } from '../../../cli/cluster/local-only';

/** The suite must not start; nothing has been touched. */
export class Refused extends Error {}

/** kubectl for the current context, if that is a cluster on this machine. */
export async function localCluster(): Promise<Kubectl> {
  const { current, servers } = await knownContexts({ execute: executor() });
  if (current === undefined) throw new Refused('kubectl has no current context');
  const reason = refusal(current, servers.get(current) ?? '');
  if (reason)
    throw new Refused(`this suite deletes namespaces, so it runs on local clusters only, and ${reason}`);
  return new Kubectl(current);
}
