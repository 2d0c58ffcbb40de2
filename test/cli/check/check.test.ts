import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOf } from '../../../checker/manifests/workloads';
import { objectsIn } from '../../../cli/check/objects';
import { placesOf } from '../../../cli/check/places';
import { copedIn, refuses } from '../in-folder';
import { temporaryFolder } from '../temporary';

const ROOT = join(__dirname, '..', '..', '..');
const check = (...args: string[]) => copedIn({ folder: ROOT }, 'check', ...args);
const folder = temporaryFolder();

test('checks every environment, or those named', async () => {
  const all = await check();
  expect(all).toMatchObject({ status: 0, stderr: '' });
  expect(all.stdout).toMatch(
    /^development: .*\nstaging: .*\nproduction: \d+ objects, \d+ rules, nothing found\.\n$/,
  );
  expect((await check('production')).stdout).toMatch(/^production: .*\n$/);
});

test('applies all rules to the folders of dist/', async () => {
  const { status, stdout } = await check('dist/production');
  expect(stdout).toMatch(/^dist\/production: .* nothing found\.\n$/);
  expect(status).toBe(0);
});

test('checks any other folder, says what it skips, and names file and line', async () => {
  cpSync(join(ROOT, 'dist', 'production'), folder(), { recursive: true });
  const file = folder('30-web.k8s.yaml');
  const text = readFileSync(file, 'utf8').replace(
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
  );
  const line = text.split('\n').findIndex((one) => one.includes('readOnlyRootFilesystem: false')) + 1;
  writeFileSync(file, text);

  const { status, stdout, stderr } = await check(folder());
  expect(stdout).toMatch(/^Skipped, because they require COPED's own model: .*reachability/m);
  expect(stdout).toContain(`${file}:${line}: `);
  expect(stdout).toMatch(/^ {4}Why: docs\/checks\.md#/m);
  expect(stderr).toBe('✘ 2 findings\n  Each names its rule: docs/checks.md says why');
  expect(status).toBe(1);
});

test.each([
  ['prodction', /prodction: is neither .*\n.*Did you mean production\?.*staging/],
  ['.', /has no \.yaml, \.yml or \.json file in it$/m],
  ['b.yml', /✘ b\.yml:2: is not YAML: .*\nb\.yml: has no Kubernetes object in it$/],
  ['a.yml', /a\.yml: has no Kubernetes object in it$/],
  ['--bla', /unknown option '--bla'/],
  ['production --against no-such-tag', /✘ no-such-tag: is not a commit, branch or tag/],
])('refuses %s', async (words, message) => {
  if (words === 'a.yml') writeFileSync(folder('a.yml'), '# nothing yet\n---\n');
  if (words === 'b.yml') writeFileSync(folder('b.yml'), 'apiVersion: v1\n kind: Secret\n');
  await refuses(folder(), `check ${words}`, message);
});

const ODD = `apiVersion: v1
kind: ConfigMap
metadata: { name: one }
data: { a: 1 }
---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { "a b": c } }
spec: { containers: [{ name: web, image: "web:1" }] }
`;

test('groups by object what it finds, and notes what is none', async () => {
  writeFileSync(folder('a.yaml'), ODD);
  writeFileSync(folder('b.yaml'), ODD.split('---')[0]?.replace('\ndata:', '\n data:') ?? '');
  writeFileSync(folder('c.yaml'), 'services: {}\n');
  const { status, stdout } = await check(folder());
  expect(status).toBe(1);
  const text = stdout.replaceAll(`${folder()}/`, '');
  expect(text).toMatch(/^Note: c\.yaml:1: is not a Kubernetes object: it has no apiVersion and kind\.$/m);
  expect(text).toMatch(
    /^\d+ findings: \d+ errors, \d+ warnings\n\n.*b\.yaml\n {2}b\.yaml:4: error: is not YAML: /m,
  );
  expect(text).toMatch(
    /\n\nConfigMap\/one\n {2}a\.yaml:4: error: data\.a: 1 is not a string\.\n.*\n.*#schema\n\n/,
  );
  expect(text.match(/^ {2}a\.yaml:8: error: metadata\.labels\[a b\]: /gm)).toHaveLength(1);
  expect(text).toMatch(/^ {2}a\.yaml:7: warning: kind: is not recreated when its node fails\.$/m);
});

test('prints JSON for scripts', async () => {
  writeFileSync(folder('a.yaml'), `${ODD}---\n- a list\n`);
  const { status, stdout } = await copedIn({ folder: folder() }, 'check', 'a.yaml', 'production', '--json');
  const { version, targets, findings, notes } = JSON.parse(stdout);
  expect({ status, version, notes }).toEqual({
    status: 1,
    version: 1,
    notes: [{ file: 'a.yaml', line: 11, message: 'is a list, not a Kubernetes object' }],
  });
  expect(targets).toMatchObject([
    { name: 'a.yaml', objects: 2 },
    { name: 'production', skipped: [] },
  ]);
  expect(findings[0]).toEqual({
    target: 'a.yaml',
    rule: 'schema',
    severity: 'error',
    object: 'ConfigMap/one',
    path: 'data.a',
    value: 1,
    message: 'is not a string',
    remedy: 'Write what the reference of the kind says',
    file: 'a.yaml',
    line: 4,
    link: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  });
});

test('prints SARIF, in which a finding stays the same one where lines are added above it', async () => {
  const results = async (text: string) => {
    writeFileSync(folder('a b.yaml'), text);
    const { stdout } = await copedIn({ folder: folder() }, 'check', '.', '--format', 'sarif');
    const { runs, ...log } = JSON.parse(stdout);
    expect(log).toMatchObject({ version: '2.1.0' });
    const [{ tool, results: found }] = runs;
    for (const { ruleId, ruleIndex, level, message, locations } of found) {
      const { id, help, defaultConfiguration } = tool.driver.rules[ruleIndex];
      expect(id).toBe(ruleId);
      expect(help).toEqual({ text: expect.stringMatching(/\w/), markdown: expect.stringMatching(/\w/) });
      expect([level, defaultConfiguration.level]).toEqual([
        expect.stringMatching(/^(error|warning)$/),
        expect.any(String),
      ]);
      expect(message.text).toMatch(/\. [A-Z].*\.$/);
      expect(locations[0].physicalLocation).toEqual({
        artifactLocation: { uri: 'a%20b.yaml' },
        region: { startLine: expect.any(Number) },
      });
    }
    return found.map((one: { partialFingerprints: object }) => one.partialFingerprints);
  };
  const before = await results(ODD);
  expect(new Set(before.map((one: object) => JSON.stringify(one))).size).toBe(before.length);
  expect(await results(`# a comment\n${ODD}`)).toEqual(before);
});

test('escapes control characters of a file', async () => {
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "a\\n::error::\\e[2J"}\n';
  writeFileSync(folder('a.yaml'), map);
  const { status, stdout } = await check(folder());
  expect(stdout).toContain('ConfigMap/a\\u000a::error::\\u001b[2J');
  expect(status).toBe(1);
});

test('compares with any Git ref', async () => {
  const { status, stdout } = await check('production', '--against', 'HEAD');
  expect(stdout).toMatch(/^production: .* nothing found\.\n$/);
  expect(status).toBe(0);
});

const LINES = join(__dirname, 'lines.yaml');
// Comments say what is found there; what is missing is where it should have been.
const comments = readFileSync(LINES, 'utf8')
  .split('\n')
  .map((text) => text.split(' # ')[1]);
const objects = objectsIn([LINES]);
const linesOf = (where: string) => {
  const position = objects.manifests.findIndex((one) => where.split(' ', 1)[0] === nameOf(one));
  return placesOf({ where, objects: [position] }, objects);
};

test.each(comments.filter(Boolean))('%s is in the line that says so', (where = '') => {
  expect(linesOf(where)).toEqual([{ file: LINES, line: comments.indexOf(where) + 1 }]);
});

test.each(['Deployment/api spec', 'budget cpu'])('%s is in no line', (where) => {
  expect(linesOf(where)).toEqual([]);
});
