import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../cli/cluster/waiting';
import { GaveUpError } from '../../cli/terminal/errors';
import { Report } from '../e2e/report';

jest.mock('node:timers/promises', () => {
  const real = jest.requireActual('node:timers/promises');
  return { ...real, setTimeout: jest.fn(real.setTimeout) };
});
afterEach(() => jest.restoreAllMocks());

const report = new Report({ line: () => {}, progress: () => {} });

test('waits until nothing is missing; an error is something missing', async () => {
  const states = [() => 'much', () => Promise.reject(new Error('connection refused')), () => undefined];
  await until(report, 'it', async () => states.shift()?.(), { within: 10 });
  expect(states).toEqual([]);
});

test('after the deadline it says what is missing, and why', async () => {
  const waiting = until(report, 'it', async () => 'much', { within: -1, why: async () => 'events' });
  await expect(waiting).rejects.toThrow('waited -1 s for it: much\nevents');
});

test('does not wait for what will not come', async () => {
  const missing = () => Promise.reject(new GaveUpError('Job/x has failed'));
  const waiting = until(report, 'it', missing, { within: 1000, why: async () => 'its log' });
  await expect(waiting).rejects.toThrow('Job/x has failed\nits log');
});

test('looks four times a second at first, and once a second when it takes long', async () => {
  const began = 1_000_000;
  let now = began;
  const looks: number[] = [];
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  jest.mocked(pause).mockImplementation(async (milliseconds) => {
    now += milliseconds ?? 0;
  });
  const state = async () => {
    looks.push((now - began) / 1000);
    return now - began < 13_000 ? 'much' : undefined;
  };
  await until(report, 'it', state, { within: 100 });
  expect(looks.slice(0, 4)).toEqual([0, 0.25, 0.5, 0.75]);
  expect(looks.slice(-4)).toEqual([10, 11, 12, 13]);
});
