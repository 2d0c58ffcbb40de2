import { reachability } from '../../rules/reachability';
import { type Change, changed } from '../checker/cases/change';
import { found, good } from '../checker/fixture';

// What the rule finds after mistakes in policies is in test/checker/reachability/mistakes.yaml.

type Outsiders = NonNullable<ReturnType<typeof good>['outsiders']>;

const after = (change: Change, outsiders: Outsiders) => {
  const subject = good();
  const manifests = changed(subject.manifests, change);
  return found(reachability, { ...subject, manifests, outsiders: { ...subject.outsiders, ...outsiders } });
};

test('opens node ports only where the environment has them', () => {
  const nodes = { 'node-port': [{ address: '172.18.0.2' }, { address: '192.168.49.2' }] };
  expect(after({}, nodes)).toEqual([
    [
      'NetworkPolicy/web spec.ingress',
      'node-port -> web:8000/TCP',
      'is closed, but the flow table has it: a laptop opens localhost:8000, past the ingress',
    ],
  ]);
  const opened = {
    append: {
      'NetworkPolicy/web spec.ingress[0].from': ['172.18.0.0/16', '192.168.0.0/16'].map((cidr) => ({
        ipBlock: { cidr },
      })),
    },
  };
  expect(after(opened, nodes)).toEqual([]);
});

test('takes a whole namespace for the controller where the environment does', () => {
  const controller = { 'ingress-controller': [{ namespace: 'traefik', labels: {} }] };
  const opened = { remove: ['NetworkPolicy/web spec.ingress[0].from[0].podSelector'] };
  expect(after(opened, controller)).toEqual([]);
});
