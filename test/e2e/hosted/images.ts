import { join } from 'node:path';
import { executor } from '../../../cli/cluster/execute';
import type { Kubectl } from '../../../cli/cluster/kubectl';
import { loaderOf } from '../../../cli/laptop/images/loaders';
import type { Suite } from '../step';
import { environment } from './environment';

const ROOT = join(__dirname, '..', '..', '..');
/** Seconds. Without a cache, the packages of the dashboards alone take minutes. */
const WITHIN = 1200;

const IMAGES = [
  { image: environment.images.django, folder: 'app/django' },
  { image: environment.images.dashboards, folder: 'app/dashboards' },
];

/** `coped up` brings development's images; releases have their own. */
export async function images({ kubectl, report, settings }: Suite): Promise<void> {
  if (settings.images === 'loaded') return report.note('E2E_IMAGES=loaded: they are in the cluster already');
  const { image: load } = loaderOf(await clusterOf(kubectl));
  for (const { image, folder } of IMAGES) {
    await report.check(`${image} of ${folder}`, async () => {
      await program(['docker', 'build', `--tag=${image}`, '--target=production', join(ROOT, folder)]);
      const loading = load(image);
      if (loading) await program(loading);
    });
  }
}

/** The entry of the cluster, not the name of the context: that may be changed. */
async function clusterOf(kubectl: Kubectl): Promise<string> {
  const { contexts } = JSON.parse(await kubectl.run(['config', 'view', '--minify', '--output=json']));
  return contexts[0].context.cluster;
}

async function program([name = '', ...args]: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await executor()(name, args, { within: WITHIN });
  if (code !== 0) throw new Error(`${name} ${args.join(' ')}: exit code ${code}\n${stdout}\n${stderr}`);
}
