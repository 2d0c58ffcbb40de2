import { join } from 'node:path';
import { coped } from '../../lib/coped';
import { environments } from '../../lib/environments';
import { filesOf, write } from '../../lib/output/files';
import { localIngressController } from '../../local/traefik';
import { parseEnvironments } from '../../rules/environments';

// What main.ts does, without any check: scripts/bench/main.ts asks what the checks add to it.
for (const environment of parseEnvironments(environments)) {
  write(join(process.env.CDK8S_OUTDIR ?? 'dist', environment.name), filesOf(coped(environment)));
}
write(join(process.env.CDK8S_OUTDIR ?? 'dist', 'local'), filesOf(localIngressController()));
// As main.ts ends.
process.exit();
