// Lets Node run TypeScript: `node -r ./cli/register.js main.ts`. Sucrase only strips the types (`npm run typecheck`
// checks them). What it makes is kept with V8's compiled code: stripping and compiling 180 files again would take
// longer than the whole synthesis. Why not another way: docs/decisions/0002-how-typescript-runs.md
require('./installed.js');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module, createRequire } = require('node:module');
const { dirname, join, resolve } = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { Script } = require('node:vm');

const HOUSE = join(__dirname, '..');
const FOLDER = join(HOUSE, 'node_modules', '.cache', 'coped');
// What was compiled fits one version of V8 only.
const KEPT = join(FOLDER, `${require('sucrase/package.json').version}-${process.versions.v8}`);

/** File → { source: TypeScript, code: JavaScript, compiled: V8's own form } */
const kept = readKept();
const fresh = new Map();

/** Modules that were loaded, by the file, and by every path that was found to mean it. */
const loaded = new Map();

// Node itself loads only what the command line names; all the rest comes through `requireIn`.
require.extensions['.ts'] = (module, filename) => {
  loaded.set(filename, module);
  run(module, filename, readFileSync(filename, 'utf8'));
};

/** `require` for a file. Found and loaded by Node, our files take twice as long: it asks the disk again and again. */
function requireIn(filename) {
  const folder = dirname(filename);
  let made;
  const others = () => (made ??= createRequire(filename));
  const ours = (name) => {
    const module = /^\.\.?(\/|$)/.test(name) ? load(resolve(folder, name)) : undefined;
    return module ? module.exports : others()(name);
  };
  ours.resolve = (name) => others().resolve(name);
  return ours;
}

/** The module that a path without its extension means; undefined if it means no TypeScript. */
function load(path) {
  const known = loaded.get(path);
  if (known) return known;
  const found = firstOf([`${path}.ts`, join(path, 'index.ts')]);
  if (!found) return undefined;
  const { filename, source } = found;
  const module = loaded.get(filename) ?? { exports: {} };
  const isNew = !loaded.has(filename);
  // Before it runs, because files may need each other.
  loaded.set(filename, module);
  if (isNew) run(module, filename, source);
  loaded.set(path, module);
  return module;
}

/** The first of some files that is there: to read it says that as well as to ask before. */
function firstOf(filenames) {
  for (const filename of filenames) {
    try {
      return { filename, source: readFileSync(filename, 'utf8') };
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
    }
  }
}

function run(module, filename, source) {
  // V8 compares no more than the length of what it has compiled: whether it is the same is for us to know.
  const known = kept.get(filename)?.source === source ? kept.get(filename) : undefined;
  const code = known?.code ?? Module.wrap(strip(source, filename));
  const script = new Script(code, { filename, cachedData: known?.compiled });
  if (!known || script.cachedDataRejected) fresh.set(filename, { source, code, script });
  const body = script.runInThisContext();
  try {
    body.call(module.exports, module.exports, requireIn(filename), module, filename, dirname(filename));
  } catch (error) {
    // Whoever asks again must not get the half of it.
    loaded.delete(filename);
    throw error;
  }
}

const strip = (source, filePath) =>
  require('sucrase').transform(source, {
    transforms: ['typescript', 'imports'],
    filePath,
    // Node 20 knows optional chaining and the like; rewritten, they take longer.
    disableESTransforms: true,
  }).code;

function readKept() {
  try {
    return deserialize(readFileSync(KEPT));
  } catch {
    return new Map();
  }
}

// At the end, because by then V8 has compiled the functions that were called, too.
process.on('exit', () => {
  if (fresh.size === 0) return;
  for (const [filename, { source, code, script }] of fresh) {
    kept.set(filename, { source, code, compiled: script.createCachedData() });
  }
  try {
    mkdirSync(FOLDER, { recursive: true });
    // Written aside and renamed: another process may read at the same time.
    writeFileSync(`${KEPT}.${process.pid}`, serialize(kept));
    renameSync(`${KEPT}.${process.pid}`, KEPT);
  } catch {
    // A folder that cannot be written makes the next start slower, and nothing else.
  }
});
