import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committedManifests, defaultRef, distAt, environmentAt, lastDist } from '../../../cli/dist/committed';
import { RefusedError } from '../../../cli/terminal/errors';

const home = process.cwd();
let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'coped-committed-'));
  process.chdir(repository);
  git('init', '--quiet');
});
afterEach(() => {
  process.chdir(home);
  rmSync(repository, { recursive: true });
});

const git = (...args: string[]) =>
  spawnSync('git', [
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.org',
    '-c',
    'tag.gpgSign=false',
    ...args,
  ]);

const object = (name: string) => `kind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const parsed = (name: string) => ({ kind: 'ConfigMap', metadata: { name } });

function commit(files: Record<string, string>, tag?: string): void {
  mkdirSync('dist/production', { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join('dist/production', name), text);
  git('add', 'dist');
  git('commit', '--quiet', '--allow-empty', '--message=x');
  if (tag) git('tag', tag);
}

test('has nothing to compare with before the first commit, and says so', () => {
  const told = jest.spyOn(console, 'error').mockImplementation(() => {});
  expect(lastDist()).toEqual(new Map());
  expect(told).toHaveBeenCalledWith('No commit of dist/ was found: it is not compared with what it was.');
  told.mockRestore();
});

// An unpacked archive on a machine without Git has nothing to compare with.
if (spawnSync('git', ['--version']).status === 0)
  describe('with Git', () => {
    test('compares with the highest released version that HEAD builds on', () => {
      commit({ 'a.yaml': object('one') }, 'v1.9.0');
      commit({}, 'v1.10.0');
      commit({}, 'v1.9.1');
      commit({}, 'v2.0.0-rc.1');
      commit({}, 'before-holidays');
      expect(defaultRef()).toBe('v1.10.0');

      git('checkout', '--quiet', '--orphan', 'elsewhere');
      commit({ 'a.yaml': object('another history') });
      expect(defaultRef()).toBe('HEAD');
    });

    test('reads an environment as it was, whatever it is now', () => {
      commit(
        { 'a.yaml': object('one'), 'b.yaml': `# Made.\n${object('two')}---\n${object('three')}` },
        'v1.0.0',
      );
      commit({ 'a.yaml': object('renamed') });
      expect(environmentAt(distAt('v1.0.0'), 'production')).toEqual(['one', 'two', 'three'].map(parsed));
      expect(environmentAt(distAt('HEAD'), 'production')).toEqual(['renamed', 'two', 'three'].map(parsed));
      expect(environmentAt(distAt('HEAD'), 'staging')).toEqual([]);
    });

    test('does not parse what is written in the same way now', () => {
      commit({ 'a.yaml': object('same'), 'b.yaml': `# Made.\n${object('two')}---\n${object('three')}` });
      const [same, two, three] = ['same', 'two', 'new'].map((name) => ({
        ...parsed(name),
        apiVersion: 'v1',
      }));
      const files = [
        { name: 'a.yaml', text: object('same'), manifests: [same] },
        { name: 'b.yaml', text: `# Made.\n${object('two')}---\n${object('new')}`, manifests: [two, three] },
      ] as Parameters<typeof committedManifests>[2];
      const before = committedManifests(distAt('HEAD'), 'production', files);
      expect(before).toEqual([same, two, parsed('three')]);
      expect(before[0]).toBe(same);
      expect(before[1]).toBe(two);
    });

    test.each([
      ['v9.9.9', 'v9.9.9: is not a commit, branch or tag of this Git repository'],
      ['--output=x', '--output=x: is not a commit, branch or tag of this Git repository'],
      ['empty', 'empty: has no dist/ to compare with'],
    ])('refuses %s', (ref, message) => {
      git('commit', '--quiet', '--allow-empty', '--message=x');
      git('tag', 'empty');
      commit({ 'a.yaml': object('one') });
      expect(() => distAt(ref)).toThrow(RefusedError);
      expect(() => distAt(ref)).toThrow(message);
    });

    test.each(['<<<<<<< HEAD\n', 'name: [\n', 'only words\n'])('refuses what is no object: %j', (text) => {
      commit({ 'a.yaml': text });
      expect(() => environmentAt(distAt('HEAD'), 'production')).toThrow(
        /^dist\/production: has something in it/,
      );
    });
  });
