import type { Subject } from '../../lib/checks/check';
import { flowTable } from '../../lib/checks/flow-table';
import { policies } from '../../lib/checks/policies';
import { policyRules } from '../../lib/checks/policy-rules';
import { reachability } from '../../lib/checks/reachability';
import type { Rule } from '../../lib/checks/rule';
import { selectors } from '../../lib/checks/selectors';
import * as labelSelector from '../../lib/kubernetes/label-selector';
import { Network } from '../../lib/network/reachability';
import { many } from './many';

// Counted, not timed: machines are busy.

/** How many selectors are compared with labels, and how many pairs are asked for their ports. */
function work(rule: Rule, subject: Subject): number {
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
  const once = work(rule, many(20));
  expect(once).toBeGreaterThan(20);
  expect(work(rule, many(40))).toBeLessThanOrEqual(2.05 * once);
});

test('many copies of a good environment are good, too', () => {
  const found = [reachability, policies, policyRules, selectors].flatMap((rule) => rule.find(many(3)));
  expect(found).toEqual([]);
  // The copies have names that the table does not know.
  expect(new Set(flowTable.find(many(3)).map(({ wrong }) => wrong))).toEqual(
    new Set(['is neither a component nor an outsider']),
  );
});
