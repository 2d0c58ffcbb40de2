import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages } from './index';

// `npm run docs`: writes the pages that are made from the sources.
for (const { path, text } of pages) {
  writeFileSync(join(__dirname, '..', '..', path), text());
  console.log(path);
}
