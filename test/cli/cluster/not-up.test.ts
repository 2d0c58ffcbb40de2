import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { absentConfigurations as absent } from '../../../cli/cluster/configurations';
import { run } from '../../../cli/main';
import { type Answer, fakeWorld } from '../fake-world';

// What is not up is not up for every command: the same exit code, and what to do.

const LOCAL = ['status development', 'manage development -- check', 'dev', 'down --data --yes'];
const HOSTED = [
  'status production',
  'manage production -- check',
  'migrate production --yes --context coped-production',
  'migrate production --plan',
  'backup production list',
  'restore production --list',
  'restore production --from a.dump --yes --context coped-production',
  'secrets production check',
];

const NO_CLUSTER = { contexts: null, clusters: null };
const without: Answer = ({ program, line }) => {
  if (line === 'config view --output=json') return NO_CLUSTER;
  return program === 'git' ? { code: 1 } : undefined;
};
const empty: Answer = ({ line }) => {
  if (/^get .*(deployments,|--output=json deployments$|secrets$)/.test(line)) return { items: [] };
  if (line.startsWith('exec')) return { code: 1, stderr: 'pods not found' };
  return /^get /.test(line) ? '' : undefined;
};

test.each(LOCAL)('coped %s without a cluster: exit code 1', async (line) => {
  const world = fakeWorld(without);
  expect(await world.coped(...line.split(' '))).toBe(1);
  expect(world.errors()).toMatch(/kubectl has no local cluster\n.*npx coped up/);
});

test.each([
  'status development',
  'manage development -- check',
  'dev',
  ...HOSTED,
])('coped %s in a namespace with nothing in it: exit code 1', async (line) => {
  const world = fakeWorld(empty);
  expect([await world.coped(...line.split(' ')), world.errors()]).toEqual([1, expect.stringMatching(/✘/)]);
});

describe('KUBECONFIG names a file that is not there', () => {
  const absentConfigurations = () => ['/home/ada/.kube/typo'];

  test.each([...LOCAL, ...HOSTED, 'deploy production --rollback'])('coped %s says so', async (line) => {
    const world = fakeWorld(without);
    expect(await run(line.split(' '), { ...world, absentConfigurations })).toBe(1);
    expect(world.errors()).toMatch(
      /✘ KUBECONFIG names \/home\/ada\/\.kube\/typo, .*no such file.*\n.*unset KUBECONFIG/,
    );
  });

  test('doctor says so, too', async () => {
    const world = fakeWorld(without, ({ program, line }) => {
      if (line.startsWith('version --client')) return { clientVersion: { gitVersion: 'v1.36.0' } };
      return program === 'node' ? 'v24.0.0' : undefined;
    });
    await run(['doctor', 'production', '--no-canary'], { ...world, absentConfigurations });
    expect(world.output()).toContain('KUBECONFIG names /home/ada/.kube/typo');
  });

  test('one of several may be missing: kubectl reads the others', () => {
    const there = join(mkdtempSync(join(tmpdir(), 'coped-')), 'config');
    writeFileSync(there, '');
    expect(absent(`/no/such${delimiter}${there}`)).toBeUndefined();
    expect(absent(`/no/such${delimiter}/nor/this`)).toEqual(['/no/such', '/nor/this']);
    expect(absent('')).toBeUndefined();
    expect(absent(undefined)).toBeUndefined();
  });
});
