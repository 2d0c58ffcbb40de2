import { deployed, mockClock, NEW, run } from '../cli/release/running';
import { PHASES } from '../e2e/cli/deploy/interruptions';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

// On a cluster each phase is interrupted at its call: one that is never made would be tried in vain.
test('a deploy makes every call by which the suite knows its phases, in this order', async () => {
  const cluster = await deployed();
  await run(cluster, NEW);
  const calls = cluster.calls.map((call) => `--context=c --namespace=n ${call} `);
  const first = PHASES.map(([phase, line]) => [phase, calls.findIndex((call) => line.test(call))] as const);
  expect(first.filter(([, at]) => at < 0)).toEqual([]);
  // Some of what goes is removed before the wait, the rest after it.
  const places = first.map(([, at]) => at);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
