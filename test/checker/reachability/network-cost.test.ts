import * as labelSelector from '../../../checker/manifests/label-selector';
import { Network } from '../../../checker/reachability/reachability';
import type { Rule } from '../../../checker/rule';
import { policies } from '../../../checker/rules/network/policies';
import { policyRules } from '../../../checker/rules/network/policy-rules';
import { selectors } from '../../../checker/rules/references/selectors';
import { flowTable } from '../../../rules/flow-table';
import { reachability } from '../../../rules/reachability';
import type { CopedSubject } from '../../../rules/rule';
import { manyObjects } from '../../../scripts/bench/many-objects';

// Counted, not timed: machines are busy.

/** How many selectors are compared with labels, and how many pairs are asked for their ports. */
function work(rule: Rule<CopedSubject>, subject: CopedSubject): number {
  const compared = jest.spyOn(labelSelector, 'selects');
  const asked = jest.spyOn(Network.prototype, 'openPorts');
  rule.find(subject);
  const calls = compared.mock.calls.length + asked.mock.calls.length;
  jest.restoreAllMocks();
  return calls;
}

test.each<Rule>([
  reachability,
  policies,
  policyRules,
  selectors,
])('$id does twice the work for twice the objects, not four times', (rule) => {
  const once = work(rule, manyObjects(300));
  expect(once).toBeGreaterThan(20);
  expect(work(rule, manyObjects(600))).toBeLessThanOrEqual(2.05 * once);
});

test('many copies of production are good, too', () => {
  const found = [reachability, policies, policyRules, selectors].flatMap((rule) =>
    rule.find(manyObjects(150)),
  );
  expect(found).toEqual([]);
  // The copies have names that the table does not know.
  expect(new Set(flowTable.find(manyObjects(150)).map(({ wrong }) => wrong))).toEqual(
    new Set(['is neither a component nor an outsider']),
  );
});
