import type { Json } from '../../../checker/manifests/manifest';
import type { Manifest } from '../../manifest';
import { fc } from '../../properties';
import { anyPeers, anyPolicies } from './arbitrary';
import { answers } from './cells';

// Policies that are written differently and say the same.

const world = [anyPolicies, anyPeers] as const;

/** The same policies with every list of them, of rules, of peers and of ports changed. */
const changeLists = (policies: readonly Manifest[], change: (list: Json[]) => Json[]): Manifest[] =>
  change(
    policies.map(({ spec, ...rest }) => {
      const rules = (all: Json[]) =>
        change(
          all.map(({ from, to, ports }) => ({
            from: from && change(from),
            to: to && change(to),
            ports: ports && change(ports),
          })),
        );
      return { ...rest, spec: { ...spec, ingress: rules(spec.ingress), egress: rules(spec.egress) } };
    }),
  );

test('the order of policies, rules, peers and ports does not matter', () => {
  const keys = fc.array(fc.nat(), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(...world, keys, (policies, peers, keys) => {
      const shuffled = changeLists(policies, (list) =>
        list
          .map((one, i) => ({ one, key: keys[i % 8] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one),
      );
      expect(answers(shuffled, peers)).toEqual(answers(policies, peers));
    }),
  );
});

test('saying anything twice changes nothing', () => {
  fc.assert(
    fc.property(...world, (policies, peers) => {
      const twice = changeLists(policies, (list) => [...list, ...list]);
      expect(answers(twice, peers)).toEqual(answers(policies, peers));
    }),
  );
});

test('a policy for each rule says the same as one policy with all of them', () => {
  fc.assert(
    fc.property(...world, (policies, peers) => {
      const split = policies.flatMap(({ spec, ...rest }) => [
        { ...rest, spec: { ...spec, ingress: [], egress: [] } },
        ...spec.ingress.map((rule: Json) => ({ ...rest, spec: { ...spec, ingress: [rule], egress: [] } })),
        ...spec.egress.map((rule: Json) => ({ ...rest, spec: { ...spec, ingress: [], egress: [rule] } })),
      ]);
      expect(answers(split, peers)).toEqual(answers(policies, peers));
    }),
  );
});

test('a rule for each peer and port says the same as one rule with all of them', () => {
  /** Lists of one; a list that is empty or absent means everybody, and stays. */
  const ones = (list: Json[] | undefined): (Json[] | undefined)[] =>
    list?.length ? list.map((one) => [one]) : [list];
  const split = (rules: Json[]) =>
    rules.flatMap(({ from, to, ports }) =>
      ones(from ?? to).flatMap((peers) =>
        ones(ports).map((port) => ({ [from ? 'from' : 'to']: peers, ports: port })),
      ),
    );
  fc.assert(
    fc.property(...world, (policies, peers) => {
      const all = policies.map(({ spec, ...rest }) => ({
        ...rest,
        spec: { ...spec, ingress: split(spec.ingress), egress: split(spec.egress) },
      }));
      expect(answers(all, peers)).toEqual(answers(policies, peers));
    }),
  );
});

test('a label says the same as an expression with In and one value', () => {
  const rewrite = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (value === null || typeof value !== 'object') return value;
    const { matchLabels, ...rest } = value;
    const all = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, rewrite(one)]));
    if (!matchLabels) return all;
    const expressions = Object.entries(matchLabels).map(([key, one]) => ({
      key,
      operator: 'In',
      values: [one],
    }));
    return { ...all, matchExpressions: [...expressions, ...(rest.matchExpressions ?? [])] };
  };
  fc.assert(
    fc.property(...world, (policies, peers) => {
      expect(answers(rewrite(policies), peers)).toEqual(answers(policies, peers));
    }),
  );
});
