import { join } from 'node:path';
import { committedManifests, lastDist } from './cli/committed';
import { orExplain } from './cli/explain';
import { environments } from './lib/environments';
import { select } from './lib/environments/parse';
import { filesOf, write } from './lib/files';
import { synthesize } from './lib/synthesize';
import { localIngressController } from './local/traefik';

// `npm run synth` sets CDK8S_OUTDIR; `node -r ./cli/register.js main.ts [environment …]` does the same without it.
orExplain(() => {
  const committed = lastDist();
  const folders = [
    ...synthesize(select(environments, process.argv.slice(2)), (...args) =>
      committedManifests(committed, ...args),
    ),
    { name: 'local', files: filesOf(localIngressController()) },
  ];
  for (const { name, files } of folders) write(join(process.env.CDK8S_OUTDIR ?? 'dist', name), files);
});
