import { chromium } from '../browser/chromium';
import { localCluster, Refused } from './cluster/current-context';
import { optionsOf } from './options';
import { Results } from './results';
import { presumed, run, selected } from './runner';
import type { Settings, Step } from './step';
import { steps } from './steps';

const USAGE = `npm run e2e -- [--deep] [--only STEP...] [--lane LANE...] [--list] [--help]

Tries the promises of dist/ on the cluster of the current kubectl context, which must be a local one: test/e2e/README.md.

  --deep          everything; without it, what runs on every change
  --only STEP...  these steps only, e.g. "development" (all of its steps) or "development-network"
  --lane LANE...  the steps of these lanes only, e.g. "hosted"
  --list          name the steps, with the suite and the lane that each is in, and why

Exit code: 0 all kept, 1 something failed, 2 refused to start.`;

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

async function main(words: readonly string[]): Promise<number> {
  const options = optionsOf(words);
  if (options.help) return say(USAGE);
  if (options.list) return say(steps.map(described).join('\n'));

  const chosen = selected(steps, options);
  const kubectl = await localCluster();
  const before = presumed(steps, chosen);
  if (before.length > 0)
    say(`These must have run on this cluster before, or be named, too: ${before.join(' ')}`);
  const results = new Results(new Set(chosen.map(({ lane }) => lane)).size > 1);
  await run(chosen, { kubectl, settings }, results);
  results.summary();
  return results.failures.length > 0 ? 1 : 0;
}

const described = ({ name, about, suite, lane, alone, why }: Step): string =>
  `${name}: ${about}\n    ${suite}, lane ${lane}${alone ? ', alone' : ''}: ${why}`;

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
