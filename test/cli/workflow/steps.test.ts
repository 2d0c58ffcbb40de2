import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stepsOf } from '../../../cli/workflow/steps';

let house: string;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'coped-steps-'));
  mkdirSync(join(house, '.github', 'workflows'), { recursive: true });
  writeFileSync(
    join(house, '.github', 'workflows', 'check.yml'),
    `
env: { A: workflow, B: workflow, C: workflow }
jobs:
  first:
    env: { B: job, C: job }
    steps:
      - uses: actions/checkout@v1
      - run: npm ci
      - { name: Named, id: named, run: echo one, env: { C: step }, working-directory: app }
      - run: echo two
      - { if: failure(), run: echo sorry }
  called:
    uses: ./.github/workflows/other.yml
  second:
    steps: [{ run: echo three }]
`,
  );
});
afterAll(() => rmSync(house, { recursive: true }));

test('a step has the variables of its workflow, its job and itself: the nearest counts', () => {
  expect(stepsOf(house, 'check', ['first'])).toEqual([
    {
      job: 'first',
      id: 'named',
      name: 'Named',
      run: 'echo one',
      env: { A: 'workflow', B: 'job', C: 'step' },
      folder: 'app',
    },
    {
      job: 'first',
      name: 'echo two',
      run: 'echo two',
      env: { A: 'workflow', B: 'job', C: 'job' },
      folder: '.',
    },
  ]);
});

test('all jobs in their order, where none is named; those that are named in the order of their names', () => {
  const commands = (...wanted: string[]) => stepsOf(house, 'check', wanted).map(({ run }) => run);
  expect(commands()).toEqual(['echo one', 'echo two', 'echo three']);
  expect(commands('second', 'first')).toEqual(['echo three', 'echo one', 'echo two']);
});

test('says which workflows there are', () => {
  expect(() => stepsOf(house, 'chek', [])).toThrow('chek: is not a workflow; choose from check');
});

test('says which jobs have steps', () => {
  expect(() => stepsOf(house, 'check', ['called'])).toThrow(
    'called: no job with steps in check.yml; choose from first, second',
  );
});
