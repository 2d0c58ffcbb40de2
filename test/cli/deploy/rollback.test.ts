import { earlier } from '../../../cli/deploy/rollback';
import type { ReleaseRecord, Status } from '../../../cli/release/records';
import { RefusedError } from '../../../cli/terminal/errors';

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
  ['the one before', ['1 deployed a', '2 deployed b'], 1],
  ['what worked, from what failed', ['1 deployed a', '2 failed b'], 1],
  ['what worked, from what was interrupted', ['1 deployed a', '2 deployed b', '3 pending c'], 2],
  ['what is different, past the same again', ['1 deployed a', '2 deployed b', '3 deployed b'], 1],
  ['the same rollback, if it was interrupted', ['1 deployed a', '2 deployed b', '3 pending a <1'], 1],
  ['the same rollback, if it is done', ['1 deployed a', '2 deployed b', '3 deployed a <1'], 1],
  ['the same rollback, if the first is forgotten', ['2 deployed b', '3 deployed a <1'], 1],
  [
    'from a new release after a rollback, what was rolled back to',
    ['1 deployed a', '2 deployed b', '3 deployed a <1', '4 failed c'],
    1,
  ],
])('--rollback brings %s', (_, records, expected) => {
  expect(earlier(records.map(record)).restores).toBe(expected);
});

test.each([
  ['nothing is remembered', [], undefined],
  ['there is only one', ['1 deployed a'], undefined],
  ['nothing ever worked', ['1 failed a', '2 failed b'], undefined],
  ['the number is not known', ['1 deployed a', '2 deployed b'], 7],
  ['that one failed', ['1 deployed a', '2 failed b', '3 deployed c'], 2],
])('it refuses where %s', (_, records, asked) => {
  expect(() => earlier(records.map(record), asked)).toThrow(RefusedError);
});
