import { until } from '../../cli/cluster/waiting';
import { GaveUpError } from '../../cli/terminal/errors';
import { Report } from '../e2e/report';

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
