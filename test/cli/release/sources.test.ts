import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentNamed } from '../../../cli/cluster/environment';
import { fromSources } from '../../../cli/release/sources';
import { RefusedError } from '../../../cli/terminal/errors';
import { write } from '../../../lib/output/files';
import { synthesize } from '../../../rules/synthesize';
import { type Answer, fakeWorld } from '../fake-world';

let house: string;
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'coped-sources-'));
});
afterEach(() => rmSync(house, { recursive: true }));

const git =
  (head: string | object, status = ''): Answer =>
  ({ program, line }) =>
    program !== 'git' ? undefined : line.includes('rev-parse') ? head : status;
const world = fakeWorld(git('abc123\n'));
const staging = environmentNamed(world, 'staging');
const keep = () =>
  write(
    join(house, 'dist', 'staging'),
    synthesize(world.environments).find(({ name }) => name === 'staging')?.files ?? [],
  );

test('the objects and the commit', async () => {
  keep();
  const release = await fromSources(world, staging, house);
  expect(release.commit).toBe('abc123');
  expect(release.manifests[0]?.kind).toBe('Namespace');
});

test('where no dist is kept, there is nothing to compare with', async () => {
  expect((await fromSources(world, staging, house)).manifests.length).toBeGreaterThan(40);
});

test('a commit with changes on top is called dirty', async () => {
  expect((await fromSources(fakeWorld(git('abc123\n', ' M lib/x.ts\n')), staging, house)).commit).toBe(
    'abc123-dirty',
  );
});

test('a folder without Git is deployed as well', async () => {
  expect((await fromSources(fakeWorld(git({ code: 128 })), staging, house)).commit).toBeUndefined();
});

test.each([
  [
    'a file that says something else',
    () => appendFileSync(join(house, 'dist/staging/30-web.k8s.yaml'), '# by hand\n'),
    '30-web.k8s.yaml',
  ],
  ['a file that is missing', () => rmSync(join(house, 'dist/staging/40-edge.k8s.yaml')), '40-edge.k8s.yaml'],
  ['a file too many', () => writeFileSync(join(house, 'dist/staging/60-more.yaml'), ''), '60-more.yaml'],
])('%s in dist is refused: it was not reviewed', async (_, spoil, name) => {
  keep();
  spoil();
  const attempt = fromSources(world, staging, house);
  await expect(attempt).rejects.toThrow(`dist/staging is not what the sources give: ${name}`);
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});
