import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineOf } from '../../../cli/check/lines';
import { objectsIn } from '../../../cli/check/objects';

const folder = mkdtempSync(join(tmpdir(), 'coped-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILE = join(folder, 'web.yaml');
writeFileSync(
  FILE,
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  a.b: text
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {a: b}}
  template:
    spec:
      containers:
        - name: other
          image: x
        - name: web
          image: z
          env:
            - name: FIRST
              value: a
`,
);
const { places } = objectsIn([FILE]);
const line = (where: string) => lineOf({ where, wrong: '', remedy: '' }, places)?.replace(`${FILE}:`, '');

test.each([
  ['ConfigMap/web', '1'],
  ['ConfigMap/web data[a.b]', '6'],
  ['Deployment/web metadata.name', '11'],
  ['Deployment/web spec.template.spec.containers[web].image', '20'],
  ['Deployment/web spec.template.spec.containers[web].env[FIRST].value', '23'],
  ['Deployment/web spec.template.spec.containers[0].image', '18'],
  // What is missing is where it should have been.
  ['Deployment/web spec.template.spec.containers[web].resources.limits.memory', '19'],
  ['Deployment/web spec.replicas', '13'],
])('%s is in line %s', (where, expected) => {
  expect(line(where)).toBe(expected);
});

test.each(['Deployment/api spec', 'budget cpu'])('%s is in no line', (where) => {
  expect(line(where)).toBeUndefined();
});
