import { isPod, type Peer } from '../../../checker/reachability/peer';
import { Network } from '../../../checker/reachability/reachability';
import { runs } from '../../counts';
import type { Manifest } from '../../manifest';
import { fc } from '../../properties';
import { anyPeers, anyPolicies, anyPolicy } from './arbitrary';
import { answers, cells, type Side } from './cells';
import { policy } from './two-pods';

// What must hold for any policies, whoever evaluates them.

/** Whether a policy is about a pod, in a direction. */
const isHeldBy = (one: Manifest, peer: Peer, side: Side): boolean => {
  if (!isPod(peer)) return false;
  const type = side === 'sends' ? 'Egress' : 'Ingress';
  const bare = { ...one, spec: { podSelector: one.spec.podSelector, policyTypes: ['Ingress', 'Egress'] } };
  return one.spec.policyTypes.includes(type) && !new Network([bare], [peer]).sends(peer, peer, 1);
};

const world = [anyPolicies, anyPeers] as const;
const deny = ['ours', 'theirs', 'bare'].map((namespace) => ({
  ...policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
  metadata: { name: 'deny', namespace },
}));

test('both ends must agree, and decide for themselves', () => {
  fc.assert(
    fc.property(...world, (policies, peers) => {
      const receives = answers(policies, peers, 'receives');
      const both = answers(policies, peers, 'sends').map((sends, i) => sends && receives[i]);
      expect(answers(policies, peers)).toEqual(both);
    }),
  );
});

describe.each(['sends', 'receives'] as const)('what one end %s', (side) => {
  const own = ({ from, to }: { from: Peer; to: Peer }) => (side === 'sends' ? from : to);

  test('is the union of what policies allow, where everything is denied by default', () => {
    fc.assert(
      fc.property(anyPolicies, ...world, (some, more, peers) => {
        const other = answers([...deny, ...more], peers, side);
        const union = answers([...deny, ...some], peers, side).map((open, i) => open || other[i]);
        expect(answers([...deny, ...some, ...more], peers, side)).toEqual(union);
      }),
    );
  });

  test('changes by one more policy only for the pods that it is about', () => {
    fc.assert(
      fc.property(anyPolicy, ...world, (one, policies, peers) => {
        const after = cells([...policies, one], peers, side).filter(
          (cell) => !isHeldBy(one, own(cell), side),
        );
        const before = cells(policies, peers, side).filter((cell) => !isHeldBy(one, own(cell), side));
        expect(after).toEqual(before);
      }),
      { numRuns: runs(0.4) },
    );
  });

  test('becomes, by the first policy about a pod, what that policy allows; by each further one, more', () => {
    fc.assert(
      fc.property(anyPolicy, ...world, (one, policies, peers) => {
        const alone = answers([one], peers, side);
        const before = answers(policies, peers, side);
        const wrong = cells([...policies, one], peers, side).filter((cell, i) => {
          if (!isHeldBy(one, own(cell), side)) return false;
          const isFurther = policies.some((other) => isHeldBy(other, own(cell), side));
          return cell.open !== (alone[i] || (isFurther && before[i]));
        });
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('is nothing where a policy without rules is the only one', () => {
    fc.assert(
      fc.property(anyPolicy, anyPeers, ({ spec, ...rest }, peers) => {
        const empty = { ...rest, spec: { ...spec, ingress: [], egress: [] } };
        const wrong = cells([empty], peers, side).filter(
          (cell) => cell.open === isHeldBy(empty, own(cell), side),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  test('never shrinks by one more rule', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, ...world, (one, { spec: more }, policies, peers) => {
        const { ingress, egress } = one.spec;
        const spec = {
          ...one.spec,
          ingress: [...ingress, ...more.ingress],
          egress: [...egress, ...more.egress],
        };
        const after = answers([...policies, { ...one, spec }], peers, side);
        const closed = answers([...policies, one], peers, side).filter((open, i) => open && !after[i]);
        expect(closed).toEqual([]);
      }),
    );
  });
});
