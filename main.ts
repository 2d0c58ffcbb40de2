import './cli/dist/empty-output';
import { committedManifests, lastDist } from './cli/dist/committed';
import { fromHere, onlyBytes, replaceFolders, summary } from './cli/dist/replace';
import { orExplain } from './cli/terminal/errors';
import { environments } from './lib/environments';
import { filesOf } from './lib/output/files';
import { localIngressController } from './local/traefik';
import { select } from './rules/environments';
import { synthesized } from './rules/synthesize';

// `npm run synth [-- environment …] [--prune]`. The cdk8s command line runs this as well, and says in CDK8S_OUTDIR where to.
orExplain(() => {
  const words = process.argv.slice(2);
  const [names, prune] = [words.filter((word) => word !== '--prune'), words.includes('--prune')];
  const committed = lastDist(__dirname);
  const made = synthesized(select(environments, names), (...args) => committedManifests(committed, ...args));
  const folders = [...onlyBytes(made), { name: 'local', files: filesOf(localIngressController()) }];
  const output = process.env.CDK8S_OUTDIR || fromHere(__dirname, 'dist');
  const changes = replaceFolders(output, folders, { whole: names.length === 0, prune });
  const count = folders.reduce((sum, { files }) => sum + files.length, 0);
  // The cdk8s command line lists the files itself.
  if (!process.env.CDK8S_OUTDIR) console.log(summary(output, count, changes));
});
// Now, not when there is nothing left to do: before that, V8 looks for memory that it could free.
process.exit();
