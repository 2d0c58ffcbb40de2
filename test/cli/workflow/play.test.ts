import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { play } from '../../../cli/workflow/play';
import type { Step } from '../../../cli/workflow/steps';
import { expression } from './expression';

let house: string;
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'coped-play-'));
  jest.spyOn(console, 'log').mockReturnValue(undefined);
});
afterEach(() => {
  rmSync(house, { recursive: true });
  jest.restoreAllMocks();
});

const step = (run: string, rest: Partial<Step> = {}): Step => ({
  job: 'job',
  name: run,
  run,
  env: {},
  folder: '.',
  ...rest,
});
const outcomes = (steps: Step[], given = {}) =>
  play(house, steps, { PATH: process.env.PATH, ...given }).map(({ outcome }) => outcome);
const said = () => readFileSync(join(house, 'said'), 'utf8').trim();

test('a step that fails fails the run, and nothing comes after it', () => {
  expect(outcomes([step('true'), step('exit 3'), step('echo late >said')])).toEqual(['passed', 'failed']);
  expect(said).toThrow('ENOENT');
});

test('so does a command in the middle of a step, and one at the beginning of a pipe', () => {
  expect(outcomes([step('false\necho late >said')])).toEqual(['failed']);
  expect(outcomes([step('false | cat')])).toEqual(['failed']);
});

test('what cannot run here is said, and the next step goes on', () => {
  const steps = [step('docker build .'), step('echo next >said')];
  expect(outcomes(steps)).toEqual(['not run', 'passed']);
  expect(said()).toBe('next');
});

test('a step knows its variables, and the values that were given for GitHub’s', () => {
  const env = { ONE: '1', TWO: expression('inputs.two') };
  expect(outcomes([step('echo "$ONE $TWO" >said', { env })], { TWO: '2' })).toEqual(['passed']);
  expect(said()).toBe('1 2');
});

test('a step knows what an earlier one of its job wrote', () => {
  const writes = step('echo "digest=sha256:a=b" >>"$GITHUB_OUTPUT"', { id: 'build' });
  const reads = step('echo "$DIGEST" >said', { env: { DIGEST: expression('steps.build.outputs.digest') } });
  expect(outcomes([writes, reads])).toEqual(['passed', 'passed']);
  expect(said()).toBe('sha256:a=b');
  expect(outcomes([writes, { ...reads, job: 'other' }])).toEqual(['passed', 'not run']);
});

test('a step runs in its folder', () => {
  expect(outcomes([step('mkdir below'), step('pwd >../said', { folder: 'below' })])).toEqual([
    'passed',
    'passed',
  ]);
  expect(said()).toMatch(/below$/);
});
