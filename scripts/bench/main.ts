import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toYaml } from '../../lib/output/yaml';
import { runChecks } from '../../rules';
import type { CopedSubject } from '../../rules/rule';
import { manyNamespaces, manyObjects } from './many-objects';
import { command, inTurns, median, milliseconds, ROOT } from './measure';
import { besidePeers } from './peers/compared';

// Budgets, most of them as ratios in one run: machines differ and are noisy, but both sides of a ratio run on the same one.

const ROUNDS = 15;
const scratch = mkdtempSync(join(tmpdir(), 'coped-bench-'));

/** Measures both sides, one right after the other, again and again. */
function compared(what: string, measured: () => number, reference: () => number, rounds: number) {
  const turns = inTurns(what, { measured, reference }, rounds);
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

/** A number of environments, synthesized together by a program of its own. */
function many(count: number): { readonly milliseconds: number; readonly mebibytes: number } {
  const words = ['-r', './cli/register.js', 'scripts/bench/many.ts', String(count)];
  return JSON.parse(execFileSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' }));
}

/** A package of which npm runs a script that loads cdk8s-plus-27. */
function floorPackage(): string {
  const folder = join(scratch, 'floor');
  mkdirSync(folder);
  const script = `node -e "require('${join(ROOT, 'node_modules', 'cdk8s-plus-27')}')"`;
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { floor: script } }));
  return folder;
}

/** Time to check objects. A new list each time: the rules remember what they know of one. */
const checking = (subject: CopedSubject) => () =>
  milliseconds(() => runChecks({ ...subject, manifests: [...subject.manifests] }));

function manyFiles(objects: number): string[] {
  const { manifests } = manyObjects(objects);
  return Array.from({ length: Math.ceil(manifests.length / 1000) }, (_, i) => {
    const file = join(scratch, `${objects}-${i}.yaml`);
    const some = manifests.slice(i * 1000, (i + 1) * 1000);
    writeFileSync(file, some.map((manifest) => toYaml(manifest)).join('---\n'));
    return file;
  });
}

const [thousand, hundred] = [many(1000), many(100)];
const DIRECT = { CDK8S_OUTDIR: join(scratch, 'direct') };
const synthesis = command(process.execPath, ['-r', './cli/register.js', 'main.ts'], DIRECT);
const floor = command(process.execPath, ['-e', "require('cdk8s-plus-27')"]);

const results = [
  ...besidePeers(scratch, synthesis, () => many(1000).milliseconds / 1000).map(({ text, value, limit }) =>
    fits(text, value, limit),
  ),
  ratio('three environments with all checks / loading cdk8s-plus-27', 1.9, synthesis, floor),
  ratio(
    'npm run synth / npm run with a script that loads cdk8s-plus-27',
    1.9,
    command('npm', ['run', '--silent', 'synth'], DIRECT),
    command('npm', ['run', '--silent', 'floor'], {}, floorPackage()),
    7,
  ),
  ratio(
    'coped --help / node -e 0',
    2.5,
    command(process.execPath, ['cli/coped.js', '--help']),
    command(process.execPath, ['-e', '0']),
  ),
  ratio(
    'npx cdk8s synth / the CLI with an app that copies a file',
    1.5,
    cdk8s('node -r ./cli/register.js main.ts', 'synth'),
    cdk8s(copyingApp(), 'copy'),
    7,
  ),
  fits('milliseconds that one more environment takes,', thousand.milliseconds / 1000, 15),
  fits(
    'an environment of 1,000 together / of 100,',
    thousand.milliseconds / 1000 / (hundred.milliseconds / 100),
    1.15,
  ),
  fits('MiB for 1,000 environments,', thousand.mebibytes, 300),
  fits(
    'seconds to check 10,000 objects,',
    // Copies of COPED beside each other are not without findings.
    command('node', ['cli/coped.js', 'check', ...manyFiles(10_000)], {}, undefined, 1)() / 1000,
    10,
  ),
  growth('checked in one namespace', 1.2, manyObjects),
  growth('checked in many namespaces', 1.1, manyNamespaces),
];
rmSync(scratch, { recursive: true });
process.exitCode = results.every(Boolean) ? 0 : 1;
