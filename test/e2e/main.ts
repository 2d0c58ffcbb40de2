import { Command, CommanderError } from 'commander';
import { chromium } from '../browser/chromium';
import { localCluster, Refused } from './cluster/current-context';
import { Results } from './report';
import { presumed, run, selected } from './runner';
import type { Settings } from './step';
import { steps } from './steps';

const program = new Command('npm run e2e --')
  .description(
    'Tries the promises of dist/ on the cluster of the current kubectl context, which must be a local one.',
  )
  .option('--deep', 'everything; without it, what runs on every change')
  .option(
    '--only <step...>',
    'these steps only, e.g. "development" (all of its steps) or "development-network"',
  )
  .option('--lane <lane...>', 'the steps of these lanes only, e.g. "hosted"')
  .option('--list', 'name the steps, with the suite and the lane that each is in, and why')
  .addHelpText(
    'after',
    '\nExit code: 0 all kept, 1 something failed, 2 refused to start. More: test/e2e/README.md',
  )
  .exitOverride();

/** The only place that reads the environment. The defaults are those of local/kind.yaml. */
const settings: Settings = {
  ingress: process.env.E2E_INGRESS ?? 'http://localhost:1337',
  secureIngress: process.env.E2E_SECURE_INGRESS ?? 'https://localhost:8443',
  nodePort: process.env.E2E_NODE_PORT ?? 'http://localhost:8000',
  busybox: process.env.E2E_BUSYBOX ?? 'docker.io/library/busybox:1.37',
  internet: process.env.E2E_INTERNET ?? '1.1.1.1:443',
  images: process.env.E2E_IMAGES === 'loaded' ? 'loaded' : 'build',
  chromium,
};

interface Options {
  readonly only?: string[];
  readonly lane?: string[];
  readonly deep?: boolean;
  readonly list?: boolean;
}

async function main(): Promise<number> {
  const { only = [], lane: lanes = [], deep = false, list } = program.parse().opts<Options>();
  if (list) {
    for (const { name, about, suite, lane, alone, why } of steps)
      console.log(`${name}: ${about}\n    ${suite}, lane ${lane}${alone ? ', alone' : ''}: ${why}`);
    return 0;
  }
  const chosen = selected(steps, { only, lanes, deep });
  const kubectl = await localCluster();
  const before = presumed(steps, chosen);
  if (before.length > 0)
    console.log(`These must have run on this cluster before, or be named, too: ${before.join(' ')}`);
  const results = new Results(new Set(chosen.map(({ lane }) => lane)).size > 1);
  await run(chosen, { kubectl, settings }, results);
  results.summary();
  return results.failures.length > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    // It has said what is wrong already.
    if (!(error instanceof CommanderError))
      console.error(error instanceof Refused ? `refused: ${error.message}` : error);
    process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? 0 : 2;
  },
);
