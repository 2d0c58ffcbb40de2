import { reachability } from '../../rules/reachability';
import { found, good } from '../checker/fixture';
import { type Changes, change } from '../checker/release';

// What the rule finds after mistakes in policies is in test/checker/reachability/mistakes.yaml.

type Outsiders = NonNullable<ReturnType<typeof good>['outsiders']>;

const after = (changes: Changes, outsiders: Outsiders) => {
  const subject = good();
  const manifests = [...subject.manifests];
  change(manifests, changes);
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
    'NetworkPolicy/web': {
      'spec.ingress.0.from.1': { ipBlock: { cidr: '172.18.0.0/16' } },
      'spec.ingress.0.from.2': { ipBlock: { cidr: '192.168.0.0/16' } },
    },
  };
  expect(after(opened, nodes)).toEqual([]);
});

test('takes a whole namespace for the controller where the environment does', () => {
  const controller = { 'ingress-controller': [{ namespace: 'traefik', labels: {} }] };
  const opened = { 'NetworkPolicy/web': { 'spec.ingress.0.from.0.podSelector': null } };
  expect(after(opened, controller)).toEqual([]);
});
