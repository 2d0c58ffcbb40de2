// Lets Node run TypeScript: `node -r ./cli/register.js main.ts`. Sucrase only strips the types (`npm run typecheck`
// checks them); what it makes is kept, because stripping 90 files again takes longer than the whole synthesis.
// Why not another way: docs/decisions/0002-how-typescript-runs.md
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { addHook } = require('pirates');
const { version } = require('sucrase/package.json');

const CACHE = join(__dirname, '..', 'node_modules', '.cache', 'coped', `sucrase-${version}-es`);

addHook(
  (source, file) => {
    const kept = join(CACHE, `${createHash('sha1').update(`${file}\0${source}`).digest('hex')}.js`);
    try {
      return readFileSync(kept, 'utf8');
    } catch {
      const { code } = require('sucrase').transform(source, {
        transforms: ['typescript', 'imports'],
        filePath: file,
        // Node 20 knows optional chaining and the like; rewritten, they take longer.
        disableESTransforms: true,
      });
      // Written aside and renamed: another process may read at the same time.
      mkdirSync(CACHE, { recursive: true });
      writeFileSync(`${kept}.${process.pid}`, code);
      renameSync(`${kept}.${process.pid}`, kept);
      return code;
    }
  },
  { exts: ['.ts'] },
);
