import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsIn } from '../../cli/check/objects';
import { production } from '../../lib/environments/production';
import { toYaml } from '../../lib/output/yaml';
import { runChecks } from '../../rules';
import type { CopedSubject } from '../../rules/rule';
import { synthesize } from '../../rules/synthesize';
import { manyNamespaces, manyObjects } from './many-objects';

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

/** Measures both sides, one right after the other, again and again. */
function compared(what: string, measured: () => number, reference: () => number, rounds: number) {
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
  return { typical, text: `${what}: ${sides.map((side) => `${side.toFixed(2)} ms`).join(' / ')}` };
}

/** Prints a result, and returns whether it is within its budget. */
function fits(text: string, value: number, limit: number): boolean {
  console.log(`${value <= limit ? 'ok  ' : 'OVER'} ${text} ${value.toFixed(2)} (budget ${limit})`);
  return value <= limit;
}

/** Whether one side takes at most so many times as long as the other. */
function ratio(
  what: string,
  limit: number,
  measured: () => number,
  reference: () => number,
  rounds = ROUNDS,
): boolean {
  const { typical, text } = compared(what, measured, reference, rounds);
  return fits(`${text}, typically`, typical, limit);
}

/** Whether the time to check grows with this power of the number of objects at most: 1 is twice as long for twice as many. */
function growth(what: string, limit: number, subjects: (objects: number) => CopedSubject): boolean {
  const [few, many] = [subjects(1000), subjects(10_000)];
  const counts = [many, few].map(({ manifests }) => manifests.length);
  const [more = 0, less = 1] = counts;
  const { typical, text } = compared(
    `${counts.join(' objects / ')} ${what}`,
    checking(many),
    checking(few),
    7,
  );
  return fits(`${text}, exponent`, Math.log(typical) / Math.log(more / less), limit);
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
    synthesize(
      Array.from({ length: count }, (_, i) => ({
        ...production,
        name: `environment-${i}`,
        host: `environment-${i}.example.org`,
      })),
    ),
  ) / count;

/** Time to check objects. A new list each time: the rules remember what they know of one. */
const checking = (subject: CopedSubject) => () =>
  milliseconds(() => runChecks({ ...subject, manifests: [...subject.manifests] }));

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
  ratio('reading 1,000 objects / running all rules over them', 1, ...halves(1000), 9),
  growth('checked in one namespace', 1.2, manyObjects),
  growth('checked in many namespaces', 1.1, manyNamespaces),
];
rmSync(scratch, { recursive: true });
process.exitCode = results.every(Boolean) ? 0 : 1;
