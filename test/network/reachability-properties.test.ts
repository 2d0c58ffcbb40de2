import fc from 'fast-check';
import { Network } from '../../lib/network/reachability';
import { allowed, app, db, policy, web } from './two-pods';

describe('for any policies', () => {
  const selector = fc.constantFrom({}, app('web').podSelector, app('db').podSelector, app('api').podSelector);
  const peer = fc.oneof(
    selector.map((podSelector) => ({ podSelector })),
    fc.record({ namespaceSelector: fc.constant({}), podSelector: selector }),
    fc.constant({ ipBlock: { cidr: '0.0.0.0/0' } }),
  );
  const ports = fc.array(fc.record({ port: fc.constantFrom(80, 5432) }), { maxLength: 2 });
  const rule = fc.record({ peers: fc.array(peer, { maxLength: 2 }), ports });
  const anyPolicy = fc
    .record({
      podSelector: selector,
      policyTypes: fc.uniqueArray(fc.constantFrom('Ingress', 'Egress'), { minLength: 1 }),
      ingress: fc.array(rule, { maxLength: 2 }),
      egress: fc.array(rule, { maxLength: 2 }),
    })
    .map((spec) =>
      policy({
        ...spec,
        ingress: spec.ingress.map(({ peers, ports }) => ({ from: peers, ports })),
        egress: spec.egress.map(({ peers, ports }) => ({ to: peers, ports })),
      }),
    );
  const policies = fc.array(anyPolicy, { maxLength: 5 });

  test('their order does not matter', () => {
    fc.assert(fc.property(policies, (all) => allowed(all) === allowed([...all].reverse())));
  });

  test('saying one twice changes nothing', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    fc.assert(fc.property(policies, (all) => allowed([deny, ...all]) === allowed([deny, ...all, deny])));
  });

  test('one more never closes what is open beneath a default that denies', () => {
    const deny = policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    fc.assert(
      fc.property(
        policies,
        anyPolicy,
        (all, more) => !allowed([deny, ...all]) || allowed([deny, ...all, more]),
      ),
    );
  });

  test('both ends decide for themselves', () => {
    fc.assert(
      fc.property(policies, (all) => {
        const network = new Network(all, [web, db]);
        return (
          network.allowed(web, db, 5432) === (network.sends(web, db, 5432) && network.receives(web, db, 5432))
        );
      }),
    );
  });
});
