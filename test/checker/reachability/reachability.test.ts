import { allowed, app, db, egress, ingress, internet, policy } from './two-pods';

describe('policies', () => {
  test('without one, everything is open', () => {
    expect(allowed([])).toBe(true);
  });

  test('that select other pods change nothing', () => {
    expect(allowed([policy({ ...app('api'), policyTypes: ['Ingress', 'Egress'] })])).toBe(true);
  });

  test('of another namespace change nothing', () => {
    const deny = { ...ingress(), metadata: { name: 'policy', namespace: 'theirs' } };
    expect(allowed([deny])).toBe(true);
  });

  test('with an empty selector are about every pod of the namespace', () => {
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Ingress'] })])).toBe(false);
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Ingress'] })], db, internet)).toBe(true);
  });

  test('only add: what one of them allows, no other takes away', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const both = [deny, ingress({ from: [app('web')] }), egress({ to: [app('db')] })];
    expect(allowed(both)).toBe(true);
    expect(allowed(both.reverse())).toBe(true);
    expect(allowed([deny])).toBe(false);
  });

  test('must agree at both ends', () => {
    const closed = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(allowed([closed, ingress({ from: [app('web')] })])).toBe(false);
    expect(allowed([closed, egress({ to: [app('db')] })])).toBe(false);
  });

  test('do not hold for addresses that are no pods', () => {
    expect(allowed([policy({ podSelector: {}, policyTypes: ['Egress'] })], internet, db)).toBe(true);
  });
});

describe('policy types', () => {
  test('left out mean ingress, even without rules', () => {
    expect(allowed([policy(app('db'))])).toBe(false);
    expect(allowed([policy({ ...app('db'), policyTypes: [] })])).toBe(false);
    expect(allowed([policy(app('web'))])).toBe(true);
  });

  test('left out mean egress as well once there are rules for it', () => {
    expect(allowed([policy({ ...app('web'), egress: [{ to: [app('api')] }] })])).toBe(false);
    expect(allowed([policy({ ...app('web'), egress: [] })])).toBe(true);
  });

  test('Egress without rules denies all of it', () => {
    expect(allowed([policy({ ...app('web'), policyTypes: ['Egress'] })])).toBe(false);
  });

  test('decide, not the rules: ingress rules of an egress policy do nothing', () => {
    const spec = { ...app('db'), policyTypes: ['Egress'], ingress: [{ from: [app('api')] }] };
    expect(allowed([policy(spec)])).toBe(true);
  });
});
