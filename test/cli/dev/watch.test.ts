import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { Tree } from '../../../cli/dev/tree';
import { Watch } from '../../../cli/dev/watch';
import { eventually, folderWith, save } from './folders';

let watch: Watch;
afterEach(() => watch.stop());

/** Watches a folder; answers what was found at each look that found something new, and how many looks there were. */
function watching(folder: string, afterLook = (_: string) => {}) {
  const tree = new Tree({ name: 'app', context: 'app', folder, target: '/app', ignores: () => false });
  const states: string[] = [];
  let looks = 0;
  watch = new Watch(() => {
    looks += 1;
    const { files, folders } = tree.look();
    const state = [...files].map(([path, { digest }]) => `${path} ${digest}`).join();
    if (state !== states.at(-1)) states.push(state);
    afterLook(state);
    return folders;
  });
  watch.start();
  return { states, looks: () => looks };
}

/** Until no look is pending any more that would find something by chance. */
const silence = () => new Promise((resolve) => setTimeout(resolve, 200));

/** Sooner than the look that comes anyway. */
const SOON = 1500;

test('a saved file is seen at once', async () => {
  const folder = folderWith({ 'a.py': 'a' });
  const { states } = watching(folder);
  save(folder, { 'a.py': 'b' });
  await eventually(() => states.length === 2, SOON);
});

test('so is one in a folder that was made, and filled while it was found', async () => {
  const folder = folderWith({ 'a.py': 'a' });
  const fill = (state: string) => {
    if (state.includes('c.py')) save(folder, { 'very/deep/new/late.py': 'l' });
  };
  const { states } = watching(folder, fill);
  save(folder, { 'very/deep/new/c.py': 'c' });
  await eventually(() => states.at(-1)?.includes('late.py') === true, SOON);
});

test('so is one in a folder that took the place of another', async () => {
  const folder = folderWith({ 'a.py': 'a', 'deep/b.py': 'b' });
  const { states } = watching(folder);
  renameSync(join(folder, 'deep'), join(folder, 'old'));
  save(folder, { 'deep/b.py': 'b' });
  await eventually(() => states.at(-1)?.includes('old/b.py') === true, SOON);
  await silence();
  save(folder, { 'deep/b.py': 'B' });
  const before = states.length;
  await eventually(() => states.length > before, SOON);
});

test('a hundred files that are saved together are a few looks, not a hundred', async () => {
  const folder = folderWith({ 'a.py': 'a' });
  const { states, looks } = watching(folder);
  for (let i = 0; i < 100; i++) save(folder, { [`${i}.py`]: 'x' });
  await eventually(() => states.at(-1)?.includes('99.py') === true, SOON);
  expect(looks()).toBeLessThan(8);
});

test('without notifications of the system, it looks anyway', async () => {
  const folder = folderWith({ 'a.py': 'a' });
  const { states } = watching(folder);
  await silence();
  // As deaf as on a file system without notifications.
  for (const { watcher } of watch['watchers'].values()) watcher.close();
  save(folder, { 'a.py': 'b' });
  await eventually(() => states.length === 2, 4000);
});
