import { readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Results } from '../e2e/report';
import { type Choice, presumed, run, selected } from '../e2e/runner';
import { FOLDER } from '../e2e/scenario';
import type { Step, Suite } from '../e2e/step';
import { runs, steps } from '../e2e/steps';

const step = (name: string, act: Act, more: Partial<Step> = {}): Step => ({
  name,
  about: '',
  suite: 'core',
  why: '',
  lane: 'hosted',
  run: act,
  ...more,
});
type Act = (suite: Suite) => Promise<void>;
const passes: Act = async ({ report }) => report.ok('fine');
const fails: Act = async ({ report }) => report.fail('it', 'broken');

async function outcome(list: readonly Step[]) {
  const results = new Results(false, () => {});
  await run(list, {} as Suite, results);
  return { passed: results.passed, failures: results.failures.map(({ check }) => check) };
}

test('a failed step takes with it those that need it, and no others', async () => {
  const list = [
    step('a', fails),
    step('b', passes, { needs: ['a'] }),
    step('c', passes, { needs: ['b'] }),
    step('d', passes, { after: ['a'] }),
  ];
  expect(await outcome(list)).toEqual({ passed: 1, failures: ['a: it', 'b: not run', 'c: not run'] });
});

test('a step that breaks is a failure, and the next one runs', async () => {
  const breaks = () => Promise.reject(new Error('boom'));
  const list = [step('a', breaks), step('b', passes)];
  expect(await outcome(list)).toEqual({ passed: 1, failures: ['a: the step itself'] });
});

describe('lanes', () => {
  /** What ran, as `begin a`, `end a`; each step lasts for some turns. */
  async function course(list: readonly (readonly [name: string, turns: number, more: Partial<Step>])[]) {
    const events: string[] = [];
    const steps = list.map(([name, turns, more]) =>
      step(
        name,
        async () => {
          events.push(`begin ${name}`);
          for (let i = 0; i < turns; i++) await pause(5);
          events.push(`end ${name}`);
        },
        more,
      ),
    );
    await run(steps, {} as Suite, new Results(true, () => {}));
    return events;
  }

  test('run side by side, the steps of each in order', async () => {
    const events = await course([
      ['a1', 4, {}],
      ['a2', 1, {}],
      ['b1', 1, { lane: 'cluster' }],
      ['b2', 1, { lane: 'cluster' }],
    ]);
    expect(events.slice(0, 2)).toEqual(['begin a1', 'begin b1']);
    expect(events.indexOf('end b2')).toBeLessThan(events.indexOf('end a1'));
    expect(events.indexOf('end a1')).toBeLessThan(events.indexOf('begin a2'));
    expect(events.indexOf('end b1')).toBeLessThan(events.indexOf('begin b2'));
  });

  test('a step waits for what it needs, and for what it has to come after, in other lanes', async () => {
    for (const waits of [{ needs: ['a'] }, { after: ['a'] }]) {
      const events = await course([
        ['a', 3, {}],
        ['b', 1, { lane: 'cluster', ...waits }],
      ]);
      expect(events).toEqual(['begin a', 'end a', 'begin b', 'end b']);
    }
  });

  test('a step that measures runs alone, after whatever else can run', async () => {
    const events = await course([
      ['measured', 2, { alone: true }],
      ['next', 1, {}],
      ['b1', 1, { lane: 'cluster' }],
      ['b2', 1, { lane: 'cluster' }],
      ['measured too', 1, { lane: 'development', alone: true }],
    ]);
    expect(events).toEqual([
      ...['begin b1', 'end b1', 'begin b2', 'end b2'],
      ...['begin measured', 'end measured', 'begin next', 'end next'],
      ...['begin measured too', 'end measured too'],
    ]);
  });
});

test('steps are chosen by name, by the word they begin with, or by lane; without a name, those of core', () => {
  const names = (choice: Partial<Choice>) =>
    selected(steps, { only: [], lanes: [], deep: false, ...choice }).map(({ name }) => name);
  expect(names({ deep: true })).toHaveLength(steps.length);
  expect(names({})).toEqual(steps.filter(({ suite }) => suite === 'core').map(({ name }) => name));
  expect(names({ only: ['admission'] })).toEqual([
    'admission-staging',
    'admission-production',
    'admission-pod-security',
    'admission-pod-security-versions',
    'admission-immutable',
  ]);
  expect(names({ only: ['hosted-resilience'] })).toEqual(['hosted-resilience']);
  expect(names({ only: ['hosted', 'docs'], lanes: ['development'] })).toEqual([]);
  expect(new Set(names({ lanes: ['cluster'], deep: true }))).toEqual(
    new Set(steps.filter(({ lane }) => lane === 'cluster').map(({ name }) => name)),
  );
  expect(() => names({ only: ['hosted-net'] })).toThrow('there is no step hosted-net');
  expect(() => names({ lanes: ['fast'] })).toThrow('there is no lane fast');
});

test('what chosen steps need and what that needs is known, as long as it is not chosen', () => {
  const needed = (...only: string[]) => presumed(steps, selected(steps, { only, lanes: [], deep: false }));
  expect(needed('coped-backup-load')).toEqual(['hosted-images', 'hosted-up', 'coped-backup']);
  expect(needed('hosted-up', 'coped-backup')).toEqual(['hosted-images']);
  expect(needed('hosted-images')).toEqual([]);
  expect(presumed(steps, steps)).toEqual([]);
});

test('what core runs needs nothing that only deep runs', () => {
  const deep = steps.filter(({ suite }) => suite === 'deep').map(({ name }) => name);
  const needed = steps.filter(({ suite }) => suite === 'core').flatMap(({ needs = [] }) => needs);
  expect(needed.filter((name) => deep.includes(name))).toEqual([]);
});

test('names are unique, and what a step needs comes before it', () => {
  const names = steps.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const [i, { needs = [], after = [] }] of steps.entries()) {
    for (const name of [...needs, ...after]) expect(names.slice(0, i)).toContain(name);
  }
});

test('every step that is written somewhere is part of the suite: what is left out proves nothing', () => {
  const files = readdirSync(FOLDER).filter((file) => /^(coped|application)-/.test(file));
  const written = [...Object.keys(runs), ...files.map((file) => file.replace('.yaml', ''))];
  expect(steps.map(({ name }) => name).sort()).toEqual(written.sort());
});

/** What is printed, without times. */
function printing(sideBySide: boolean) {
  const printed: string[] = [];
  const results = new Results(sideBySide, (text) => printed.push(text.replaceAll(/\d+\.\d s/g, '0.0 s')));
  return { printed, results };
}

test('side by side, the lines of a step stay together, and what it waits for says whose it is', async () => {
  const { printed, results } = printing(true);
  const task = (turns: number) => (name: string) =>
    results.of(step(name, passes), async (report) => {
      report.ok('begun');
      report.progress('waiting for pods');
      await pause(turns);
      report.ok('ended');
    });
  await Promise.all([task(30)('slow'), task(5)('fast')]);
  expect(printed.join('\n')).toMatchSnapshot();
});

test('a check passes unless it throws; the end of the log has the longest steps, and failures with their last lines', async () => {
  const { printed, results } = printing(false);
  const lines = Array.from({ length: 14 }, (_, i) => `line ${i}`);
  for (let i = 0; i < 11; i++) {
    await results.of(step(`step-${i}`, passes), async (report) => {
      if (i !== 3) return;
      await pause(60);
      await report.check('one', async () => 'remark');
      await report.check('two', () => Promise.reject(new Error(lines.join('\n'))));
    });
  }
  results.summary();
  const all = printed.join('\n');
  expect(all.slice(all.indexOf('\nstep-3'), all.indexOf('\nstep-4'))).toMatchSnapshot();
  // Which of the others is longer is chance.
  const end = all.slice(all.indexOf('\nThe longest steps')).replaceAll(/step-(?!3\b)\d+/g, 'another');
  expect(end).toMatchSnapshot();
});
