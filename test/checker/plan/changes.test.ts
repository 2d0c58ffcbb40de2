import { changes } from '../../../checker/plan/changes';
import { yamlOf } from '../../yaml';

interface Case {
  readonly test: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly changes?: Readonly<Record<string, readonly [before: unknown, after: unknown]>>;
}

test.each(yamlOf<Case[]>(__dirname, 'changes.yaml'))('finds $test', ({
  before,
  after,
  changes: expected = {},
}) => {
  const found = changes(before, after).map(({ path, before = null, after = null }) => [
    path,
    [before, after],
  ]);
  expect(found).toEqual(Object.entries(expected));
});
