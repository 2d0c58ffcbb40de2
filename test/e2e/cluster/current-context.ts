import { executor } from '../../../cli/cluster/execute';
import { type ApiObject, Kubectl } from '../../../cli/cluster/kubectl';
import { refusal } from '../../../cli/cluster/local-only';

/** The suite must not start; nothing has been touched. */
export class Refused extends Error {}

/** kubectl for the current context, if that is a cluster on this machine. */
export async function localCluster(): Promise<Kubectl> {
  const { code, stdout, stderr } = await executor()('kubectl', [
    'config',
    'view',
    '--minify',
    '--output=json',
  ]);
  if (code !== 0) throw new Refused(`kubectl has no current context: ${stderr.trim()}`);
  const config: ApiObject = JSON.parse(stdout);
  const context: string = config['current-context'];
  const reason = refusal(context, config.clusters[0]?.cluster.server ?? '');
  if (reason) {
    throw new Refused(
      `this suite creates and deletes namespaces, so it runs on local clusters only, and ${reason}`,
    );
  }
  return new Kubectl(context);
}
