import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsIn } from '../../cli/check/objects';
import { production } from '../../lib/environments/production';
import { toYaml } from '../../lib/output/yaml';
import { runChecks } from '../../rules';
import { synthesize } from '../../rules/synthesize';
import { manyObjects } from './many-objects';

// Budgets as ratios in one run: machines differ and are noisy, but both sides of a ratio run on the same one. The two
// sides take turns, and the median of the turns' ratios counts: what slows the machine down for a while slows both. The
// fastest run of each would favour the shorter one, which more often falls between two disturbances.

const ROOT = join(__dirname, '..', '..');
const ROUNDS = 15;
const scratch = mkdtempSync(join(tmpdir(), 'coped-bench-'));

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const milliseconds = (run: () => void): number => {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
};

/** How long a program runs. */
const command =
  (program: string, args: readonly string[], env: Record<string, string> = {}) =>
  (): number =>
    milliseconds(() => {
      const options = { cwd: ROOT, env: { ...process.env, ...env }, encoding: 'utf8' } as const;
      const { status, stderr } = spawnSync(program, args, options);
      if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stderr}`);
    });

/** Measures both sides, one right after the other, again and again; prints the ratio and returns whether it is within its budget. */
function ratio(
  what: string,
  limit: number,
  measured: () => number,
  reference: () => number,
  rounds = ROUNDS,
): boolean {
  measured();
  reference();
  const turns: { readonly measured: number; readonly reference: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`\r${what}: round ${round} of ${rounds} `);
    turns.push({ measured: measured(), reference: reference() });
  }
  process.stderr.write('\r\x1b[K');
  const typical = median(turns.map((turn) => turn.measured / turn.reference));
  const sides = (['measured', 'reference'] as const).map((side) => median(turns.map((turn) => turn[side])));
  const fits = typical <= limit;
  console.log(
    `${fits ? 'ok  ' : 'OVER'} ${what}: ${sides.map((side) => `${side.toFixed(2)} ms`).join(' / ')}, typically ${typical.toFixed(2)} (budget ${limit})`,
  );
  return fits;
}

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

const synth = (script: string, output: string) =>
  command(process.execPath, ['-r', './cli/register.js', script], { CDK8S_OUTDIR: join(scratch, output) });

/** Time per environment for a number of them, synthesized together in this process. */
const perEnvironment = (count: number) => () =>
  milliseconds(() =>
    synthesize(Array.from({ length: count }, (_, i) => ({ ...production, name: `environment-${i}` }))),
  ) / count;

/** Time to check one object of at least this many. */
function perObject(objects: number): () => number {
  const subject = manyObjects(objects);
  const count = subject.manifests.length;
  // A new list each time: the rules remember what they know of one.
  return () => milliseconds(() => runChecks({ ...subject, manifests: [...subject.manifests] })) / count;
}

/** The two halves of a check of many objects: reading their file, and running the rules. */
function halves(objects: number): readonly [reading: () => number, rules: () => number] {
  const subject = manyObjects(objects);
  const file = join(scratch, 'many.yaml');
  writeFileSync(file, subject.manifests.map((manifest) => toYaml(manifest)).join('---\n'));
  return [
    () => milliseconds(() => objectsIn([file])),
    () => milliseconds(() => runChecks({ ...subject, manifests: [...subject.manifests] })),
  ];
}

const results = [
  ratio(
    'three environments with all checks / loading cdk8s-plus-27',
    2.5,
    synth('main.ts', 'direct'),
    command(process.execPath, ['-e', "require('cdk8s-plus-27')"]),
  ),
  ratio(
    'npx cdk8s synth / the CLI with an app that copies a file',
    1.5,
    cdk8s('node -r ./cli/register.js main.ts', 'synth'),
    cdk8s(copyingApp(), 'copy'),
    7,
  ),
  // The two sides are close to each other, so noise counts for more.
  ratio(
    'three environments with all checks / without any',
    1.25,
    synth('main.ts', 'direct'),
    synth('scripts/bench/unchecked.ts', 'unchecked'),
    2 * ROUNDS,
  ),
  ratio('an environment of 1,000 together / of 100', 1.15, perEnvironment(1000), perEnvironment(100), 1),
  ratio('an object of 1,000 checked together / of 100', 1.3, perObject(1000), perObject(100), 9),
  ratio('reading 1,000 objects / running all rules over them', 0.5, ...halves(1000), 9),
];
rmSync(scratch, { recursive: true });
process.exitCode = results.every(Boolean) ? 0 : 1;
