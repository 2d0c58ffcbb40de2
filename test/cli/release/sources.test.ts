import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { environmentNamed } from '../../../cli/cluster/environment';
import { fromSources } from '../../../cli/release/sources';
import { RefusedError } from '../../../cli/terminal/errors';
import { write } from '../../../lib/output/files';
import { synthesize } from '../../../rules/synthesize';
import { fakeWorld } from '../fake-world';
import { temporaryFolder } from '../temporary';

const root = temporaryFolder();
const files = synthesize(fakeWorld().environments).find(({ name }) => name === 'staging')?.files ?? [];
const at = (file: string) => root('dist', 'staging', file);

/** The release, where Git says this of HEAD and of changes. */
function release(head: string | object = 'abc123\n', status = '') {
  const world = fakeWorld(({ program, line }) =>
    program !== 'git' ? undefined : line.includes('rev-parse') ? head : status,
  );
  return fromSources(world, environmentNamed(world, 'staging'), root());
}

test('has the objects that dist/ has', async () => {
  write(at(''), files);
  const { manifests } = await release();
  expect(manifests[0]?.kind).toBe('Namespace');
  expect(manifests.length).toBeGreaterThan(40);
});

test.each([
  ['the commit', ['abc123\n'], 'abc123'],
  ['changes since', ['abc123\n', ' M lib/x.ts\n'], 'abc123-dirty'],
  ['nothing without Git', [{ code: 128 }], undefined],
] as const)('without dist/, it names %s', async (_, [head, status], commit) => {
  expect((await release(head, status)).commit).toBe(commit);
});

test.each([
  ['30-web.k8s.yaml', 'differs', (path: string) => appendFileSync(path, '# by hand\n')],
  ['40-edge.k8s.yaml', 'is missing', (path: string) => rmSync(path)],
  ['60-more.yaml', 'is not made by the sources', (path: string) => writeFileSync(path, '')],
])('is refused where dist/staging/%s %s: it was not reviewed', async (name, _, change) => {
  write(at(''), files);
  change(at(name));
  const attempt = release();
  await expect(attempt).rejects.toThrow(`dist/staging is not what the sources give: ${name}`);
  await expect(attempt).rejects.toBeInstanceOf(RefusedError);
});
