import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { production } from '../../lib/environments/production';
import { runChecks } from '../../rules';
import { synthesize } from '../../rules/synthesize';
import { manyObjects } from './many-objects';

// Budgets as ratios in one run: machines differ and are noisy, but both sides of a ratio run on the same one. The two
// sides take turns, and the median of the turns' ratios counts: what slows the machine down for a while slows both. The
// fastest run of each would favour the shorter one, which more often falls between two disturbances.

const ROOT = join(__dirname, '..', '..');
const ROUNDS = 15;
const scratch = mkdtempSync(join(tmpdir(), 'coped-bench-'));

interface Budget {
  readonly what: string;
  readonly ratio: number;
  readonly limit: number;
}

/** One run of each side, one right after the other. */
interface Turn {
  readonly measured: number;
  readonly reference: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const milliseconds = (run: () => void): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

function command(program: string, args: string[], env: Record<string, string> = {}): () => void {
  return () => {
    const { status, stderr } = spawnSync(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`);
  };
}

function ratio(
  what: string,
  limit: number,
  measured: () => void,
  reference: () => void,
  rounds = ROUNDS,
): Budget {
  measured();
  reference();
  const turns: Turn[] = [];
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`\r${what}: round ${round} of ${rounds} `);
    turns.push({ measured: milliseconds(measured), reference: milliseconds(reference) });
  }
  process.stderr.write('\r\x1b[K');
  const result = { what, ratio: median(turns.map((turn) => turn.measured / turn.reference)), limit };
  const [typical, typicalReference] = [
    median(turns.map((turn) => turn.measured)),
    median(turns.map((turn) => turn.reference)),
  ];
  console.log(
    `${verdict(result)} ${what}: ${typical.toFixed(0)} ms / ${typicalReference.toFixed(0)} ms, typically ${result.ratio.toFixed(2)} (budget ${limit})`,
  );
  return result;
}

const verdict = ({ ratio, limit }: Budget): string => (ratio <= limit ? 'ok  ' : 'OVER');

const cdk8s = (app: string, output: string) =>
  command(process.execPath, [
    'node_modules/cdk8s-cli/bin/cdk8s',
    'synth',
    '--check-upgrade=false',
    `--app=${app}`,
    `--output=${join(scratch, output)}`,
  ]);

/** An app that writes one file and does nothing else: what the command line itself costs. */
function copyingApp(): string {
  const script = join(scratch, 'copy.js');
  const source = join(ROOT, 'dist', 'production', '30-web.k8s.yaml');
  writeFileSync(
    script,
    `const fs = require('node:fs'); const out = process.env.CDK8S_OUTDIR;
fs.mkdirSync(out, { recursive: true }); fs.copyFileSync(${JSON.stringify(source)}, out + '/copy.k8s.yaml');\n`,
  );
  return `node ${script}`;
}

/** Time per environment for a number of them, synthesized together in this process. */
const synthesizeMany = (count: number) => () =>
  synthesize(Array.from({ length: count }, (_, i) => ({ ...production, name: `environment-${i}` })));

const results = [
  ratio(
    'three environments with all checks / loading cdk8s-plus-27',
    2.5,
    command(process.execPath, ['-r', './cli/register.js', 'main.ts'], {
      CDK8S_OUTDIR: join(scratch, 'direct'),
    }),
    command(process.execPath, ['-e', "require('cdk8s-plus-27')"]),
  ),
  ratio(
    'npx cdk8s synth / the CLI with an app that copies a file',
    1.5,
    cdk8s('node -r ./cli/register.js main.ts', 'synth'),
    cdk8s(copyingApp(), 'copy'),
    7,
  ),
  ratio(
    'three environments with all checks / without any',
    1.25,
    command(process.execPath, ['-r', './cli/register.js', 'main.ts'], {
      CDK8S_OUTDIR: join(scratch, 'direct'),
    }),
    command(process.execPath, ['-r', './cli/register.js', 'scripts/bench/unchecked.ts'], {
      CDK8S_OUTDIR: join(scratch, 'unchecked'),
    }),
    // The two sides are close to each other, so noise counts for more.
    2 * ROUNDS,
  ),
  linear(),
  linearChecks(),
];
rmSync(scratch, { recursive: true });
process.exitCode = results.every(({ ratio, limit }) => ratio <= limit) ? 0 : 1;

/** 1,000 environments cost ten times as much as 100, not more. */
function linear(): Budget {
  synthesizeMany(100)();
  const hundred = median([1, 2, 3].map(() => milliseconds(synthesizeMany(100)))) / 100;
  const thousand = milliseconds(synthesizeMany(1000)) / 1000;
  const result = { what: '', ratio: thousand / hundred, limit: 1.15 };
  console.log(
    `${verdict(result)} time per environment, 1,000 together / 100 together: ${thousand.toFixed(1)} ms / ${hundred.toFixed(1)} ms = ${result.ratio.toFixed(2)} (budget ${result.limit})`,
  );
  return result;
}

/** 1,000 objects cost ten times as much to check as 100, not more. */
function linearChecks(): Budget {
  const checking = (objects: number) => {
    const subject = manyObjects(objects);
    const count = subject.manifests.length;
    // A new list each time: the rules remember what they know of one.
    const once = () => runChecks({ ...subject, manifests: [...subject.manifests] });
    return { count, each: () => milliseconds(once) / count };
  };
  const [few, many] = [checking(100), checking(1000)];
  few.each();
  many.each();
  const turns = Array.from({ length: 9 }, () => ({ measured: many.each(), reference: few.each() }));
  const result = { what: '', ratio: median(turns.map((turn) => turn.measured / turn.reference)), limit: 1.3 };
  console.log(
    `${verdict(result)} time to check an object, of ${many.count} / of ${few.count}: typically ${result.ratio.toFixed(2)} (budget ${result.limit})`,
  );
  return result;
}
