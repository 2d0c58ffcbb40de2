import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BASH, scriptOf } from './step';

// The one step that writes for a pull request, with a `gh` that keeps what it was given.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-comment-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @param existing what GitHub answers to the question for our comment */
function comment(plan: string, existing = '') {
  writeFileSync(join(folder, 'plan.md'), plan);
  writeFileSync(
    join(folder, 'gh'),
    `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >>calls\ncase "$*" in *--jq*) printf '%s' '${existing}' ;; esac\n`,
  );
  chmodSync(join(folder, 'gh'), 0o755);
  const { status, stderr } = spawnSync('bash', [...BASH, scriptOf('plan', 'comment')], {
    cwd: folder,
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      COMMENTS: 'issues/7/comments',
      COMMENT: 'comments',
      SUMMARY: 'https://run',
    },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  return { body: readFileSync(join(folder, 'comment.md'), 'utf8'), calls };
}

test('the first push writes a comment', () => {
  const { body, calls } = comment('the plan\n');
  expect(body).toBe('<!-- release plan -->\nthe plan\n');
  expect(calls[0]).toContain('issues/7/comments');
  expect(calls[0]).toContain('github-actions[bot]');
  expect(calls.slice(1)).toEqual(['api --silent --method POST issues/7/comments --field body=@comment.md']);
});

test('the next one writes the same comment again', () => {
  const { calls } = comment('another plan\n', '42\n43\n');
  expect(calls.slice(1)).toEqual(['api --silent --method PATCH comments/42 --field body=@comment.md']);
});

test('a plan that GitHub would refuse becomes a link', () => {
  const { body } = comment('x'.repeat(60_001));
  expect(body).toContain('[read it in the summary](https://run)');
  expect(body.length).toBeLessThan(200);
});

test('nothing that a plan says is run', () => {
  const plan = '$(touch stolen) `touch stolen` \n--edit; touch stolen\n';
  const { body } = comment(plan);
  expect(body).toContain(plan);
  expect(() => readFileSync(join(folder, 'stolen'))).toThrow('ENOENT');
});
