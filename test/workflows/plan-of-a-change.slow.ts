import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfTree, sourceFolders } from '../copy';

// `.ci/plan`, in a repository where nothing but the dashboards of staging differ from the last commit.

let copy: string;
beforeAll(() => {
  copy = copyOfTree(['.ci', ...sourceFolders, 'dist', 'imports']);
  const web = join(copy, 'dist', 'staging', '30-web.k8s.yaml');
  const text = readFileSync(web, 'utf8');
  expect(text).toContain('replicas: 1\n');
  writeFileSync(web, text.replace('replicas: 1\n', 'replicas: 2\n'));
  git('init', '-q');
  git('add', '--all', '--', ...sourceFolders, 'dist');
  git('commit', '-q', '-m', 'before');
  writeFileSync(web, text);
});
afterAll(() => rmSync(copy, { recursive: true }));

const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: copy, encoding: 'utf8' });
const git = (...args: string[]) =>
  expect(run('git', '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args)).toMatchObject({
    status: 0,
  });

test('what changes is described and drawn; what does not is one line', () => {
  const { status, stdout, stderr } = run('.ci/plan', 'HEAD');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const plans = stdout.split('## Release plan for ').slice(1);
  expect(plans.map((plan) => plan.split('\n')[0])).toEqual(['development', 'production', 'staging']);
  expect(plans.slice(0, 2).map((plan) => plan.split('\n')[2])).toEqual([
    'Nothing changes.',
    'Nothing changes.',
  ]);
  expect(plans[2]).toContain('`Deployment/dashboards`');
  expect(plans[2]).toContain('```mermaid\n');
});

test('asks for a commit', () => {
  expect(run('.ci/plan')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('name the commit to compare with'),
  });
});
