import { unprotected } from '../../../../checker/rules/one-field';
import { manifestsOf, named } from '../../../support';
import { found, good } from '../../fixture';

const manifests = manifestsOf(named('production'));
const budgetless = manifests.filter(
  ({ kind, metadata }) => !(kind === 'PodDisruptionBudget' && metadata.name === 'web'),
);

test('finds a server without a disruption budget where nodes are emptied while people use it', () => {
  expect(found(unprotected, { ...good(), resilient: true, manifests })).toEqual([]);
  expect(found(unprotected, { ...good(), resilient: true, manifests: budgetless })).toEqual([
    ['Deployment/web', undefined, 'has no disruption budget'],
  ]);
});

test('a laptop needs none', () => {
  expect(found(unprotected, { ...good(), resilient: false, manifests: budgetless })).toEqual([]);
});
