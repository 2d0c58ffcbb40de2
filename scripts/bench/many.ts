import { onlyBytes } from '../../cli/dist/replace';
import { production } from '../../lib/environments/production';
import { synthesized } from '../../rules/synthesize';

// So many environments, as main.ts makes them: how long that takes, and how much memory.
const count = Number(process.argv[2]);
const start = performance.now();
const environments = Array.from({ length: count }, (_, i) => ({
  ...production,
  name: `environment-${i}`,
  host: `environment-${i}.example.org`,
}));
const folders = [...onlyBytes(synthesized(environments))];
const mebibytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ milliseconds: performance.now() - start, mebibytes, folders: folders.length }));
