import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as temporary from '../cli/temporary';
import { yamlOf } from '../yaml';

// The scripts that are written in a workflow itself.

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

const FOLDER = join(__dirname, '..', '..', '.github', 'workflows');

const folder = temporary.temporaryFolder();
const read = (file: string) => readFileSync(folder(file), 'utf8');

/** Runs the one script of a job, as GitHub starts it. */
function script(workflow: string, job: string, env: Record<string, string>) {
  const { jobs } = yamlOf<Workflow>(FOLDER, `${workflow}.yml`);
  const [text, ...others] = (jobs[job]?.steps ?? []).flatMap(({ run }) => run ?? []);
  if (text === undefined || others.length > 0) throw new Error(`${workflow}.yml: ${job} has not one script`);
  const words = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', text];
  const options = { cwd: folder(), env: { PATH: `${folder()}:${process.env.PATH}`, ...env } };
  const { status, stderr } = spawnSync('bash', words, { ...options, encoding: 'utf8' });
  return { status, stderr };
}

describe('what may be published: the step that images.yml begins with, in a repository of two commits', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'on main');
    git('update-ref', 'refs/remotes/origin/main', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'not on main');
  });

  function git(...args: string[]): string {
    const { status, stdout } = temporary.git(folder(), ...args);
    expect(status).toBe(0);
    return stdout.trim();
  }

  test.each([
    ['images-1.10.0', 'main~1', 'version=1.10.0\n'],
    ['images-1.2.3', 'main', 'images-1.2.3 is not on main: merge first, then tag main\n'],
    ...['v1.2.3', 'images-1.2', 'images-1.2.3-rc1', 'images-$(id)'].map((tag) => [
      tag,
      'main~1',
      `${tag} is no version: delete the tag, and name it like images-1.2.3\n`,
    ]),
  ])('%s at %s', (tag, commit, expected) => {
    const env = { GITHUB_REF_NAME: tag, GITHUB_SHA: git('rev-parse', commit) };
    const { status, stderr } = script('images', 'version', { ...env, GITHUB_OUTPUT: folder('output') });
    expect(status === 0 ? read('output') : stderr).toBe(expected);
  });
});

describe('the one step that writes for a pull request, with a `gh` that keeps what it was given', () => {
  /** @param existing what GitHub answers to the question for our comment */
  function comment(plan: string, existing = '') {
    writeFileSync(folder('plan.md'), plan);
    const gh = `printf '%s\\n' "$*" >>calls\ncase "$*" in *--jq*) printf '%s' '${existing}' ;; esac\n`;
    writeFileSync(folder('gh'), `#!/usr/bin/env bash\n${gh}`, { mode: 0o755 });
    const env = { COMMENTS: 'issues/7/comments', COMMENT: 'comments', SUMMARY: 'https://run' };
    expect(script('plan', 'comment', env)).toEqual({ status: 0, stderr: '' });
    return { body: read('comment.md'), calls: read('calls').trim().split('\n') };
  }

  test('the first push writes a comment', () => {
    const { body, calls } = comment('the plan\n');
    expect(body).toBe('<!-- release plan -->\nthe plan\n');
    expect(calls[0]).toMatch(/issues\/7\/comments.*github-actions\[bot\]/);
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
    expect(comment(plan).body).toContain(plan);
    expect(() => read('stolen')).toThrow('ENOENT');
  });
});
