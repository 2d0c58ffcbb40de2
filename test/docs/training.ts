import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = join(__dirname, '..', '..', 'docs', 'add-an-environment.md');

/** Does in a copy of this repository what docs/add-an-environment.md does, word for word. */
export function addTraining(copy: string): void {
  const blocks = [...readFileSync(PAGE, 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
  const [file = '', entry = ''] = blocks;
  const folder = join(copy, 'lib', 'environments');
  writeFileSync(join(folder, 'training.ts'), file);
  copyFileSync(join(folder, 'images', 'production.json'), join(folder, 'images', 'training.json'));
  const [imported = '', list = ''] = entry.split('\n\n');
  const index = join(folder, 'index.ts');
  const before = readFileSync(index, 'utf8');
  writeFileSync(index, `${imported}\n${before.replace(/export const environments.*\];/s, list.trim())}`);
}
