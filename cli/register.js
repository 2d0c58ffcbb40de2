// Lets Node run TypeScript: `node -r ./cli/register.js main.ts`. Sucrase only strips the types (`npm run typecheck`
// checks them). What it makes is kept with V8's compiled code: stripping and compiling 150 files again would take
// longer than the whole synthesis. Why not another way: docs/decisions/0002-how-typescript-runs.md
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { Module, createRequire } = require('node:module');
const { dirname, join, relative, resolve } = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { Script } = require('node:vm');

const HOUSE = join(__dirname, '..');
const FOLDER = join(HOUSE, 'node_modules', '.cache', 'coped');
// What was compiled fits one version of V8 only.
const KEPT = join(FOLDER, `${require('sucrase/package.json').version}-${process.versions.v8}`);

/** Path in this repository → { of: hash of the source, code: JavaScript, compiled: V8's own form } */
const kept = read();
const fresh = new Map();

/** Modules that were loaded, by the file, and by every path that was found to mean it. */
const loaded = new Map();

// Node itself loads only what the command line names; all the rest comes through `requireIn`.
require.extensions['.ts'] = (module, filename) => {
  loaded.set(filename, module);
  run(module, filename);
};

/** `require` for a file. To let Node find and load each of 180 files takes twice as long as to run them. */
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
  const filename = [`${path}.ts`, join(path, 'index.ts')].find(existsSync);
  if (!filename) return undefined;
  const module = loaded.get(filename) ?? { exports: {} };
  const isNew = !loaded.has(filename);
  // Before it runs, because files may need each other.
  loaded.set(filename, module);
  if (isNew) run(module, filename);
  loaded.set(path, module);
  return module;
}

function run(module, filename) {
  const source = readFileSync(filename, 'utf8');
  const of = createHash('sha1').update(source).digest('hex');
  const path = relative(HOUSE, filename);
  // V8 compares no more than the length of what it has compiled: whether it is the same is for us to know.
  const known = kept.get(path)?.of === of ? kept.get(path) : undefined;
  const code = known?.code ?? strip(source, filename);
  const script = new Script(Module.wrap(code), { filename, cachedData: known?.compiled });
  if (!known || script.cachedDataRejected) fresh.set(path, { of, code, script });
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

function read() {
  try {
    return deserialize(readFileSync(KEPT));
  } catch {
    return new Map();
  }
}

// At the end, because by then V8 has compiled the functions that were called, too.
process.on('exit', () => {
  if (fresh.size === 0) return;
  for (const [path, { of, code, script }] of fresh) {
    kept.set(path, { of, code, compiled: script.createCachedData() });
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
