import { join } from 'node:path';
import { replaceFolders, summary } from '../cli/dist/replace';
import { orExplain } from '../cli/terminal/errors';
import { environments } from '../examples/coped';
import { synthesize } from '../rules/synthesize';

// `npm run synth:examples`: writes the golden copy of each example, as `npm run synth` does of lib/environments.

orExplain(() => {
  const output = join(__dirname, '..', 'examples', 'coped', 'dist');
  const folders = synthesize(environments);
  const count = folders.reduce((sum, { files }) => sum + files.length, 0);
  console.log(
    summary('examples/coped/dist', count, replaceFolders(output, folders, { whole: true, prune: true })),
  );
});
