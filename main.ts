import './cli/dist/empty-output';
import { committedManifests, lastDist } from './cli/dist/committed';
import { fromHere, type NewFolder, replaceFolders, summary } from './cli/dist/replace';
import { orExplain } from './cli/terminal/errors';
import { environments } from './lib/environments';
import { filesOf } from './lib/output/files';
import { localIngressController } from './local/traefik';
import { select } from './rules/environments';
import { type Before, synthesized } from './rules/synthesize';

// `npm run synth [-- environment …] [--prune]`. The cdk8s command line runs this as well, and says in CDK8S_OUTDIR where to.
orExplain(() => {
  const words = process.argv.slice(2);
  const [names, prune] = [words.filter((word) => word !== '--prune'), words.includes('--prune')];
  const committed = lastDist(__dirname);
  const folders: NewFolder[] = [];
  // Only the bytes of each are kept: a thousand environments fit into memory.
  const before: Before = (...args) => committedManifests(committed, ...args);
  for (const { name, files } of synthesized(select(environments, names), before)) {
    folders.push({ name, files: files.map(({ name, text }) => ({ name, text: Buffer.from(text) })) });
  }
  folders.push({ name: 'local', files: filesOf(localIngressController()) });
  const output = process.env.CDK8S_OUTDIR || fromHere(__dirname, 'dist');
  const changes = replaceFolders(output, folders, { whole: names.length === 0, prune });
  const count = folders.reduce((sum, { files }) => sum + files.length, 0);
  // The cdk8s command line lists the files itself.
  if (!process.env.CDK8S_OUTDIR) console.log(summary(output, count, changes));
});
// Now, not when there is nothing left to do: before that, V8 looks for memory that it could free.
process.exit();
