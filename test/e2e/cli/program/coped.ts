import { join } from 'node:path';
import { executor } from '../../../../cli/cluster/execute';
import { listens } from '../../../../cli/laptop/listens';
import { run } from '../../../../cli/main';
import { Terminal } from '../../../../cli/terminal';
import { environments } from '../../../../lib/environments';
import { trialEnvironments } from '../environments';

// `npx coped …` as it is, but with environments that exist only to be tried: `node -r ./cli/register.js test/e2e/cli/coped.ts …`.
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => interruption.abort());

run(process.argv.slice(2), {
  environments: [...environments, ...trialEnvironments],
  execute: executor(interruption.signal),
  terminal: new Terminal({ input: process.stdin, output: process.stdout, errors: process.stderr }),
  signal: interruption.signal,
  now: () => new Date(),
  root: join(__dirname, '..', '..', '..', '..'),
  listens,
}).then((code) => {
  process.exitCode = code;
});
