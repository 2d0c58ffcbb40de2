import { setTimeout as pause } from 'node:timers/promises';
import { Results } from '../e2e/report';
import type { Step } from '../e2e/step';

const step = (name: string): Step => ({
  name,
  about: 'something',
  suite: 'core',
  why: '',
  lane: 'hosted',
  run: async () => {},
});

function printing(sideBySide: boolean) {
  const printed: string[] = [];
  return { printed, results: new Results(sideBySide, (text) => printed.push(text)) };
}

test('a check passes unless it throws, and both say how long they took; so does the step', async () => {
  const { printed, results } = printing(false);
  const passed = await results.of(step('a'), async (report) => {
    expect(await report.check('one', async () => 'remark')).toBe(true);
    expect(await report.check('two', () => Promise.reject(new Error('first\nsecond')))).toBe(false);
  });
  expect(passed).toBe(false);
  expect(printed[0]).toBe('\na: something');
  expect(printed[1]).toMatch(/^ {2}ok {4}one: remark \(\d+\.\d s\)$/);
  expect(printed[2]).toMatch(/^ {2}FAIL {2}two \(\d+\.\d s\)\n {10}first\n {10}second$/);
  expect(printed[3]).toMatch(/^ {2}time {2}\d+\.\d s$/);
});

test('side by side, the lines of a step stay together, and what it waits for says whose it is', async () => {
  const { printed, results } = printing(true);
  const task = (turns: number) => (name: string) =>
    results.of(step(name), async (report) => {
      report.ok('begun');
      report.progress('waiting for pods');
      await pause(turns);
      report.ok('ended');
    });
  await Promise.all([task(30)('slow'), task(5)('fast')]);
  const blocks = printed.filter((text) => !text.startsWith('  ...'));
  expect(blocks).toEqual([
    expect.stringMatching(/^\nfast: something\n {2}ok {4}begun\n {2}ok {4}ended\n {2}time {2}\S+ s$/),
    expect.stringMatching(/^\nslow: something\n {2}ok {4}begun\n {2}ok {4}ended\n {2}time {2}\S+ s$/),
  ]);
  expect(printed.filter((text) => text.includes('waiting'))).toEqual([
    '  ...   slow: waiting for pods',
    '  ...   fast: waiting for pods',
  ]);
});

test('the end of the log has the longest steps, and each failure again with the last of what it said', async () => {
  const { printed, results } = printing(false);
  for (let i = 0; i < 12; i++) {
    await results.of(step(`step-${i}`), async (report) => {
      if (i === 3) await pause(60);
      if (i === 5) report.fail('it', Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n'));
    });
  }
  results.summary();
  const end = printed.at(-1) ?? '';
  expect(end.match(/^ +\d+\.\d s {2}step-\d+$/gm)).toHaveLength(10);
  expect(end).toMatch(/The longest steps:\n +0\.\d s {2}step-3\n/);
  expect(end).toMatch(/\n {2}FAIL {2}step-5: it\n {10}line 18\n.* {10}line 29\n\n0 passed, 1 failed in \d/s);
});
