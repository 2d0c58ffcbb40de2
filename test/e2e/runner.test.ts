import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Report } from '../../e2e/report';
import { run, selected } from '../../e2e/runner';
import type { Step, Suite } from '../../e2e/step';
import { steps } from '../../e2e/steps';

const step = (name: string, act: (suite: Suite) => Promise<void>, needs?: string[]): Step => ({
  name,
  about: '',
  needs,
  run: act,
});
const passes = async ({ report }: Suite) => report.ok('fine');
const fails = async ({ report }: Suite) => report.fail('it', 'broken');

async function outcome(list: readonly Step[]) {
  const report = new Report(() => {});
  await run(list, { report } as Suite);
  return { passed: report.passed, failures: report.failures.map(({ check }) => check) };
}

test('a failed step takes with it those that need it, and no others', async () => {
  const list = [step('a', fails), step('b', passes, ['a']), step('c', passes, ['b']), step('d', passes)];
  expect(await outcome(list)).toEqual({ passed: 1, failures: ['a: it', 'b: not run', 'c: not run'] });
});

test('a step that breaks is a failure, and the next one runs', async () => {
  const breaks = () => Promise.reject(new Error('boom'));
  const list = [step('a', breaks), step('b', passes)];
  expect(await outcome(list)).toEqual({ passed: 1, failures: ['a: the step itself'] });
});

test('a check passes unless it throws', async () => {
  const lines: string[] = [];
  const report = new Report((line) => lines.push(line));
  expect(await report.check('one', async () => 'remark')).toBe(true);
  expect(await report.check('two', () => Promise.reject(new Error('first\nsecond')))).toBe(false);
  expect(lines[0]).toMatch(/^ {2}ok {4}one: remark \(\d+\.\d s\)$/);
  expect(lines[1]).toBe('  FAIL  two\n          first\n          second');
});

test('the end of the log tells each failure again, with the last of what it said', () => {
  const lines: string[] = [];
  const report = new Report((line) => lines.push(line));
  report.begin('step', '');
  report.fail('it', Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n'));
  report.summary(Date.now());
  expect(lines.at(-1)).toMatch(/^\n {2}FAIL {2}step: it\n {10}line 18\n.* {10}line 29\n0 passed, 1 failed/s);
});

test('steps are chosen by name, or by the word they begin with', () => {
  const names = (...chosen: string[]) => selected(steps, chosen).map(({ name }) => name);
  expect(names()).toHaveLength(steps.length);
  expect(names('admission')).toEqual([
    'admission-staging',
    'admission-production',
    'admission-pod-security',
    'admission-immutable',
  ]);
  expect(names('hosted-network')).toEqual(['hosted-network']);
  expect(() => names('hosted-net')).toThrow('there is no step hosted-net');
});

test('names are unique, and what a step needs comes before it', () => {
  const names = steps.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [i, { needs = [] }] of steps.entries()) {
    for (const name of needs) expect(names.slice(0, i)).toContain(name);
  }
});

test('every step that is written somewhere is part of the suite: what is left out proves nothing', () => {
  const folder = join(__dirname, '..', '..', 'e2e');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  // These two begin to run when they are loaded.
  const written = files
    .filter((file) => !['main.ts', join('cli', 'coped.ts')].includes(file))
    .flatMap((file) =>
      Object.values(require(join(folder, file)))
        .flat()
        .filter(isStep),
    );
  expect(written.filter((one) => !steps.includes(one)).map(({ name }) => name)).toEqual([]);
});

const isStep = (value: unknown): value is Step =>
  typeof value === 'object' && value !== null && 'about' in value && 'run' in value;
