import { IMPOSTOR } from '../e2e/network/parties';
import type { Answer, Source, Target } from '../e2e/network/targets';
import { parseAnswers } from '../e2e/network/trial';
import { declared, verdict } from '../e2e/network/verdict';

const source = (name: string, namespace = 'coped-x'): Source => ({
  name,
  namespace,
  pod: `e2e-${name}`,
  address: '10.244.1.9',
  node: 'node-1',
  peer: { namespace, labels: { app: name } },
});
const target = (name: string, port: number, change: Partial<Target> = {}): Target => ({
  name,
  port,
  address: '10.244.2.9',
  protocol: 'TCP',
  kind: 'probe',
  namespace: 'coped-x',
  peer: { namespace: 'coped-x', labels: { app: name } },
  ...change,
});
const answer = (from: Source, to: Target, connects: boolean): Answer => ({
  source: from,
  target: to,
  connects,
});
const internet = target('internet', 443, { kind: 'outside', namespace: undefined });

test.each([
  [true, true, 'right'],
  [true, false, 'broken'],
  [false, true, 'leak'],
  [false, false, 'right'],
])('a probe: allowed %s, connects %s: %s', (isAllowed, connects, expected) => {
  const one = answer(source(isAllowed ? 'web' : 'backup'), target('elasticsearch', 9200), connects);
  expect(verdict(one, [one], declared)).toBe(expected);
});

test('a refusal by a real pod proves something only if it answers a peer', () => {
  const real = target('postgres', 5432, { kind: 'real' });
  const refused = answer(source('dashboards'), real, false);
  expect(verdict(refused, [refused, answer(source('web'), real, false)], declared)).toBe('unproven');
  expect(verdict(refused, [refused, answer(source('web'), real, true)], declared)).toBe('right');
  // The pod beside it says nothing about this one.
  expect(verdict(refused, [refused, answer(source('web'), target('postgres', 5432), true)], declared)).toBe(
    'unproven',
  );
});

test('a refusal by the world outside proves something only if a pod without policies gets there', () => {
  const refused = answer(source('web'), internet, false);
  const control = (connects: boolean) => answer(source(IMPOSTOR, 'elsewhere'), internet, connects);
  expect(verdict(refused, [refused, control(false)], declared)).toBe('unproven');
  expect(verdict(refused, [refused, control(true)], declared)).toBe('right');
  expect(verdict(answer(source('web'), internet, true), [control(true)], declared)).toBe('leak');
});

test('a target without an answer is not taken for a refused one', () => {
  const targets = [target('web', 1), target('web', 2)];
  expect(parseAnswers('noise\n0 connects\n1 refused\n', targets)).toEqual([true, false]);
  expect(() => parseAnswers('0 connects\n', targets)).toThrow('web:2');
});
