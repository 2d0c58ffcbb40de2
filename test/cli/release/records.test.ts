import { randomBytes } from 'node:crypto';
import { Kubectl } from '../../../cli/cluster/kubectl';
import { earlier } from '../../../cli/deploy/rollback';
import { type ReleaseRecord, recordsOf, type Status } from '../../../cli/release/records';
import { RefusedError } from '../../../cli/terminal/errors';
import type { Manifest } from '../../manifest';
import { ReleaseCluster } from './fake-cluster';
import {
  changesOf,
  config,
  deployed,
  deployment,
  mockClock,
  namespace,
  OLD,
  object,
  run,
  runs,
} from './running';

jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);

// Random bytes cannot be compressed: ten ConfigMaps, each of which is small enough.
const LARGE = Array.from({ length: 10 }, (_, i) =>
  config(`large-${i}`, { text: randomBytes(120_000).toString('base64') }),
);

test.each<[string, readonly Manifest[], string | undefined, RegExp, RegExp]>([
  [
    'a release is too large',
    LARGE,
    'unchanged',
    /^the record of this release has 1\.\d MiB.* 1 MiB/,
    /image/,
  ],
  ['a record was cut off', [config('more', {})], 'H4sIAAAA', /release 1 cannot be read/, /delete configmap/],
  ['a record is empty', [config('more', {})], undefined, /release 1 cannot be read/, /coped-release-1/],
])('where %s nothing is applied, and the message names the remedy', async (_, more, contents, end, next) => {
  const cluster = await deployed();
  const record = cluster.get('ConfigMap', 'coped-release-1');
  if (contents !== 'unchanged') record.binaryData = contents ? { release: contents } : {};
  const ended = await runs(cluster, [...OLD, ...more]);
  expect(ended.code).toBeGreaterThan(0);
  expect([ended.end, ended.next]).toEqual([expect.stringMatching(end), expect.stringMatching(next)]);
  expect(changesOf(cluster).filter((call) => call.startsWith('apply'))).toEqual([]);
});

test('the last five are kept, without Secrets', async () => {
  const cluster = new ReleaseCluster();
  const secret = object('v1', 'Secret', 'fake', { data: { password: 'MQ==' } });
  for (let i = 0; i < 8; i += 1) {
    await run(cluster, [namespace, secret, config('a', { i: String(i) }), deployment('web', `web:${i}`)]);
  }
  const records = await recordsOf(new Kubectl('x', 'coped-staging', cluster.world().execute));
  expect(records.map(({ number }) => number)).toEqual([4, 5, 6, 7, 8]);
  expect(records.flatMap((one) => one.manifests()).some(({ kind }) => kind === 'Secret')).toBe(false);
  expect(records.at(-1)?.commit).toBe('abc');
  expect(earlier(records).restores).toBe(7);
  expect(earlier(records, 5).restores).toBe(5);
});

/** `3 deployed x`, and `<1` for one that brings back release 1. */
const record = (text: string): ReleaseRecord => {
  const [number = '', status, digest = '', restores] = text.split(/ <?/);
  return {
    number: Number(number),
    status: status as Status,
    digest,
    time: '2026-01-02T03:04:05Z',
    by: 'ada',
    manifests: () => [],
    left: () => [],
    ...(restores && { restores: Number(restores) }),
  };
};

test.each([
  ['the previous one', '1 deployed a, 2 deployed b', 1],
  ['from a failed one, the last that was deployed', '1 deployed a, 2 failed b', 1],
  ['from an interrupted one, the last that was deployed', '1 deployed a, 2 deployed b, 3 pending c', 2],
  ['past the same again, one that is different', '1 deployed a, 2 deployed b, 3 deployed b', 1],
  ['after an interrupted rollback, the same', '1 deployed a, 2 deployed b, 3 pending a <1', 1],
  ['after a rollback, the same', '1 deployed a, 2 deployed b, 3 deployed a <1', 1],
  ['after a rollback whose release is forgotten, the same', '2 deployed b, 3 deployed a <1', 1],
  [
    'from a failed release after a rollback, the one of the rollback',
    '1 deployed a, 2 deployed b, 3 deployed a <1, 4 failed c',
    1,
  ],
])('--rollback deploys %s', (_, records, expected) => {
  expect(earlier(records.split(', ').map(record)).restores).toBe(expected);
});

test.each([
  ['nothing is recorded', [], undefined],
  ['there is only one', ['1 deployed a'], undefined],
  ['none was deployed', ['1 failed a', '2 failed b'], undefined],
  ['the number is unknown', ['1 deployed a', '2 deployed b'], 7],
  ['that one failed', ['1 deployed a', '2 failed b', '3 deployed c'], 2],
])('--rollback is refused where %s', (_, records, asked) => {
  expect(() => earlier(records.map(record), asked)).toThrow(RefusedError);
});
