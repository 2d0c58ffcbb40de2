import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { script } from '../script';

const workflow = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(
    'node',
    ['-r', './cli/register.js', 'cli/workflow.ts', ...args],
    {
      cwd: join(__dirname, '..', '..'),
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    },
  );
  return { status, stdout, stderr };
};

test('says how to use it', async () => {
  expect(await script('cli/workflow.ts', ['--help'])).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('npm run workflow -- check'),
  });
});

test('lists what cannot run here, and that is fine', () => {
  expect(workflow('image')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining(
      'not run  publish: Sign, without a key that somebody could steal (needs GitHub)',
    ),
  });
});

test('but not in a job that was asked for: nobody should believe that it passed', () => {
  expect(workflow('image', 'publish')).toMatchObject({ status: 1 });
});

test('names the workflows, where it is given none of them', async () => {
  expect(await script('cli/workflow.ts', ['chek'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('chek: is not a workflow; choose from check'),
  });
  expect(await script('cli/workflow.ts', [])).toMatchObject({
    status: 2,
    stderr: 'Name a workflow: npm run workflow -- check\n',
  });
});
