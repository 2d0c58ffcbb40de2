import { fullDiff } from '../../../cli/release/full-diff';
import { keptByHand } from '../../../cli/release/kept-by-hand';
import { masked } from '../../../cli/release/masked';
import { unified } from '../../../cli/release/unified';
import type { Manifest } from '../../manifest';
import { object } from './running';

const text = (...lines: string[]) => lines.join('\n');

test.each([
  ['the same', 'a\nb', 'a\nb', []],
  ['a changed line', 'a\nb\nc', 'a\nx\nc', ['@@ line 1 → 1 @@', ' a', '-b', '+x', ' c']],
  ['a line more', 'a\nb', 'a\nb\nc', ['@@ line 1 → 1 @@', ' a', ' b', '+c']],
  ['a line less', 'a\nb', 'b', ['@@ line 1 → 1 @@', '-a', ' b']],
  ['everything', 'a', 'b', ['@@ line 1 → 1 @@', '-a', '+b']],
])('unified: %s', (_, before, after, expected) => {
  expect(unified(before, after)).toEqual(expected);
});

test('unified: changes far apart are two pieces, with three lines around each', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
  const found = unified(text('x', ...lines, 'y'), text('X', ...lines, 'Y'));
  expect(found.filter((line) => line.startsWith('@@'))).toEqual(['@@ line 1 → 1 @@', '@@ line 19 → 19 @@']);
  expect(found).toHaveLength(2 + 4 + 6);
});

test('unified: from both sides it is the text again', () => {
  const before = text('a', 'b', 'c', 'd', 'b', 'a');
  const after = text('b', 'x', 'c', 'b', 'b', 'q');
  const lines = unified(before, after).filter((line) => !line.startsWith('@@'));
  const side = (sign: string) =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');
  expect([side('-'), side('+')]).toEqual([before, after]);
});

const SECRET = 'kJ8vQ2mZr5TnX4wB7yLp';

test.each<[string, Manifest]>([
  [
    'a Secret',
    object('v1', 'Secret', 's', {
      data: { password: 'c2VjcmV0', harmless: 'eA==' },
      stringData: { other: 'plain' },
    }),
  ],
  [
    'a variable',
    object('v1', 'Pod', 'p', {
      spec: { containers: [{ name: 'web', env: [{ name: 'DB_PASSWORD', value: 'c2VjcmV0' }] }] },
    }),
  ],
  ['a configuration', object('v1', 'ConfigMap', 'c', { data: { API_TOKEN: 'c2VjcmV0' } })],
  [
    'a line of a script',
    object('v1', 'ConfigMap', 'c', { data: { 'run.sh': `echo start\nlogin ${SECRET}\necho end` } }),
  ],
])('%s is shown without what is secret in it', (_, manifest) => {
  const shown = JSON.stringify(masked(manifest));
  expect(shown).not.toMatch(/c2VjcmV0|eA==|plain|kJ8v/);
  expect(shown).toContain('secret');
  if (manifest.metadata.name === 'c' && shown.includes('run.sh')) expect(shown).toContain('echo start');
});

test('two values that are both not shown are told to differ all the same', () => {
  const config = (value: string) => object('v1', 'ConfigMap', 'c', { data: { API_TOKEN: value } });
  const difference = {
    created: [],
    orphaned: [],
    unchanged: [],
    changed: [{ name: 'ConfigMap/c', before: config('c2VjcmV0'), after: config('c2VjcmV1'), changes: [] }],
  };
  const shown = fullDiff({ difference, live: new Map(), pruned: [] } as never);
  expect(shown).toContain('may be a secret');
  expect(shown).not.toContain('c2Vj');
});

test('created, changed and deleted objects are all in the full difference', () => {
  const [a, b] = ['1', '2'].map((value) => object('v1', 'ConfigMap', 'c', { data: { value } })) as [
    Manifest,
    Manifest,
  ];
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'n', { spec: {} });
  const gone = object('v1', 'ConfigMap', 'gone', { data: { x: 'word' } });
  const stays = object('v1', 'PersistentVolumeClaim', 'stays', {});
  const difference = {
    created: [policy],
    orphaned: [gone, stays],
    unchanged: [],
    changed: [{ name: 'ConfigMap/c', before: a, after: b, changes: [] }],
  };
  const lines = fullDiff({ difference, live: new Map(), pruned: [gone] } as never).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '--- NetworkPolicy/n (is not there)',
      '-  value: "1"',
      '+  value: "2"',
      '+++ ConfigMap/gone (is deleted)',
      '-  x: word',
    ]),
  );
  expect(lines.join()).not.toContain('stays');
});

test('fields that only a person has set are named; those of controllers, and those we set too, are not', () => {
  const live = {
    kind: 'ServiceAccount',
    metadata: {
      name: 'web',
      managedFields: [
        { manager: 'coped', operation: 'Apply', fieldsV1: { 'f:data': { 'f:ours': {} } } },
        { manager: 'kube-controller-manager', operation: 'Update', fieldsV1: { 'f:secrets': {} } },
        { manager: 'kubectl-client-side-apply', operation: 'Update', fieldsV1: { 'f:plain': {} } },
        {
          manager: 'kubectl-patch',
          operation: 'Update',
          time: '2026-01-02T03:04:05Z',
          fieldsV1: {
            'f:data': { 'f:ours': {} },
            'f:imagePullSecrets': { '.': {}, 'k:{"name":"registry"}': {} },
          },
        },
      ],
    },
  };
  expect(keptByHand(new Map([['x', live]]))).toEqual([
    'ServiceAccount/web imagePullSecrets[registry] (kubectl-patch, 2026-01-02 03:04)',
  ]);
});
