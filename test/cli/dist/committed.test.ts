import { mkdirSync, writeFileSync } from 'node:fs';
import { committedManifests, defaultRef, distAt, environmentAt, lastDist } from '../../../cli/dist/committed';
import { RefusedError } from '../../../cli/terminal/errors';
import { git, hasGit, temporaryFolder } from '../temporary';

const repository = temporaryFolder();
beforeEach(() => git(repository(), 'init', '--quiet'));

const object = (name: string) => `kind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const parsed = (name: string) => ({ kind: 'ConfigMap', metadata: { name } });

function commit(files: Record<string, string>, tag?: string): void {
  mkdirSync(repository('dist', 'production'), { recursive: true });
  for (const [name, text] of Object.entries(files))
    writeFileSync(repository('dist', 'production', name), text);
  git(repository(), 'add', 'dist');
  git(repository(), 'commit', '--quiet', '--allow-empty', '--message=x');
  if (tag) git(repository(), 'tag', tag);
}

test('before the first commit there is nothing to compare with, which is said', () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => {});
  expect(lastDist(repository())).toMatchObject({ ids: new Map() });
  expect(said).toHaveBeenCalledWith('No commit of dist/ was found: it is not compared with what it was.');
  said.mockRestore();
});

if (hasGit)
  test('a commit that removes it starts over, whatever was released before', () => {
    commit({ 'a.yaml': object('old') }, 'v1.0.0');
    expect(lastDist(repository()).ids.size).toBe(1);
    git(repository(), 'rm', '-r', '--quiet', 'dist');
    git(repository(), 'commit', '--quiet', '--message=x');
    const said = jest.spyOn(console, 'error').mockImplementation(() => {});
    expect(lastDist(repository()).ids.size).toBe(0);
    said.mockRestore();
  });

if (hasGit)
  describe('with Git', () => {
    test('compares with the highest released version that HEAD builds on', () => {
      for (const tag of ['v1.9.0', 'v1.10.0', 'v1.9.1', 'v2.0.0-rc.1', 'before-holidays'])
        commit({ 'a.yaml': object(tag) }, tag);
      expect(defaultRef(repository())).toBe('v1.10.0');

      git(repository(), 'checkout', '--quiet', '--orphan', 'elsewhere');
      commit({ 'a.yaml': object('another history') });
      expect(defaultRef(repository())).toBe('HEAD');
    });

    test('reads an environment as it was, whatever it is now', () => {
      const two = `# Made.\n${object('two')}---\n${object('three')}`;
      commit({ 'a.yaml': object('one'), 'b.yaml': two }, 'v1.0.0');
      commit({ 'a.yaml': object('renamed') });
      expect(environmentAt(distAt(repository(), 'v1.0.0'), 'production')).toEqual(
        ['one', 'two', 'three'].map(parsed),
      );
      expect(environmentAt(distAt(repository(), 'HEAD'), 'production')).toEqual(
        ['renamed', 'two', 'three'].map(parsed),
      );
      expect(environmentAt(distAt(repository(), 'HEAD'), 'staging')).toEqual([]);
    });

    test('does not parse what is still written in the same way', () => {
      commit({ 'a.yaml': object('same'), 'b.yaml': `# Made.\n${object('two')}---\n${object('three')}` });
      const manifest = (name: string) => ({ ...parsed(name), apiVersion: 'v1' });
      const [same, two, three] = [manifest('same'), manifest('two'), manifest('new')];
      const before = committedManifests(distAt(repository(), 'HEAD'), 'production', [
        { name: 'a.yaml', text: object('same'), manifests: [same] },
        { name: 'b.yaml', text: `# Made.\n${object('two')}---\n${object('new')}`, manifests: [two, three] },
      ]);
      expect(before).toEqual([same, two, parsed('three')]);
      expect(before[0]).toBe(same);
      expect(before[1]).toBe(two);
    });

    test.each([
      ['v9.9.9', 'v9.9.9: is not a commit, branch or tag of this Git repository'],
      ['--output=x', '--output=x: is not a commit, branch or tag of this Git repository'],
      ['empty', 'empty: has no dist/ to compare with'],
    ])('refuses %s', (ref, message) => {
      git(repository(), 'commit', '--quiet', '--allow-empty', '--message=x');
      git(repository(), 'tag', 'empty');
      commit({ 'a.yaml': object('one') });
      expect(() => distAt(repository(), ref)).toThrow(RefusedError);
      expect(() => distAt(repository(), ref)).toThrow(message);
    });

    test.each(['<<<<<<< HEAD\n', 'name: [\n', 'only words\n'])('refuses what is no object: %j', (text) => {
      commit({ 'a.yaml': text });
      expect(() => environmentAt(distAt(repository(), 'HEAD'), 'production')).toThrow(
        /^dist\/production: has something in it/,
      );
    });
  });
