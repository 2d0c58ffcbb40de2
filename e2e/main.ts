import { localCluster, Refused } from './cluster/current-context';
import { Report } from './report';
import { run, selected } from './runner';
import type { Settings } from './step';
import { steps } from './steps';

const USAGE = `npm run e2e -- [--only STEP...] [--list] [--help]

Tries the promises of dist/ on the cluster of the current kubectl context, which must be a local one: e2e/README.md.

  --only STEP...  these steps only, e.g. "development" (all of its steps) or "development-network"
  --list          name the steps

Exit code: 0 all kept, 1 something failed, 2 refused to start.`;

/** The only place that reads the environment. The defaults are those of local/kind.yaml. */
const settings: Settings = {
  ingress: process.env.E2E_INGRESS ?? 'http://localhost:1337',
  secureIngress: process.env.E2E_SECURE_INGRESS ?? 'https://localhost:8443',
  nodePort: process.env.E2E_NODE_PORT ?? 'http://localhost:8000',
  busybox: process.env.E2E_BUSYBOX ?? 'docker.io/library/busybox:1.37',
  internet: process.env.E2E_INTERNET ?? '1.1.1.1:443',
};

async function main([option, ...names]: readonly string[]): Promise<number> {
  if (option === '--help') return say(USAGE);
  if (option === '--list') return say(steps.map(({ name, about }) => `${name}: ${about}`).join('\n'));
  if (option !== undefined && option !== '--only') throw new Refused(`unknown option ${option}\n\n${USAGE}`);

  const chosen = selected(steps, names);
  const kubectl = await localCluster();
  const report = new Report();
  const began = Date.now();
  await run(chosen, { kubectl, settings, report });
  report.summary(began);
  return report.failures.length > 0 ? 1 : 0;
}

function say(text: string): number {
  console.log(text);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error instanceof Refused ? `refused: ${error.message}` : error);
    process.exitCode = 2;
  },
);
