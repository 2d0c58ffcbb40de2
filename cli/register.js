// Lets Node run TypeScript: `node -r ./cli/register.js main.ts`. Sucrase only strips the types (`npm run typecheck`
// checks them). What it makes is kept with V8's compiled code: stripping and compiling 180 files again would take
// longer than the whole synthesis. Why not another way: docs/decisions/0002-how-typescript-runs.md
require('./installed.js');
const fs = require('node:fs');
const { readFileSync } = fs;
const { Module, createRequire } = require('node:module');
const { dirname, join, relative, resolve } = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { Script } = require('node:vm');

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'node_modules', '.cache', 'coped');
// What was compiled fits one version of V8 only. The 2 is the version of this format.
const CACHE = `2-${require('sucrase/package.json').version}-${process.versions.v8}`;

/** Path in this checkout → { source: TypeScript, code: JavaScript, compiled: V8's own form } */
const cache = readCache();
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
    if (/^\.\.?\/.*\.json$/.test(name)) return json(resolve(folder, name), filename);
    const module = /^\.\.?(\/|$)/.test(name) ? load(resolve(folder, name)) : undefined;
    if (module) return module.exports;
    // Not installed packages have a message of their own: installed.js.
    if (/^\.\.?\//.test(name) && !isThere(resolve(folder, name)))
      throw missing(`${resolve(folder, name)}.ts`, filename);
    return others()(name);
  };
  ours.resolve = (name) => others().resolve(name);
  return ours;
}

/** An error in a file of this checkout that users write: printed without a stack trace. */
class FileError extends Error {
  constructor(filename, wrong, next) {
    super(`${relative(ROOT, filename)} ${wrong}.\n  ${next}.`);
    this.name = 'FileError';
  }
}
process.on('uncaughtException', (error) => {
  console.error(error instanceof FileError ? error.message : error);
  process.exit(1);
});

const missing = (filename, user) =>
  new FileError(
    filename,
    'is missing',
    `Take it back with \`git restore ${relative(ROOT, filename)}\`, or remove what imports it from ${relative(ROOT, user)}`,
  );
const isThere = (path) => ['', '.js', '.json', '.node'].some((end) => fs.existsSync(path + end));
const CONFLICT = /^(<{7}|>{7}) /m;

/** What is wrong with the text of a file that cannot be read as what it should be. */
function unreadable(filename, source, error) {
  if (CONFLICT.test(source))
    return new FileError(
      filename,
      'has the marks of a merge conflict',
      'Keep one side, and remove the lines with <<<<<<<, ======= and >>>>>>>',
    );
  if (source.trim() === '')
    return new FileError(
      filename,
      'is empty',
      `Take it back with \`git restore ${relative(ROOT, filename)}\``,
    );
  return new FileError(
    filename,
    `cannot be read: ${error.message.split('\n')[0].replace(/^Error transforming [^:]*: /, '')}`,
    'Correct it',
  );
}

/** Images and the like: read again only by a new start. */
function json(filename, user) {
  const known = loaded.get(filename);
  if (known) return known.exports;
  const found = firstOf([filename]);
  if (!found) throw missing(filename, user);
  try {
    const exports = JSON.parse(found.source);
    loaded.set(filename, { exports });
    return exports;
  } catch (error) {
    throw unreadable(filename, found.source, error);
  }
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
  const path = relative(ROOT, filename);
  // V8 compares no more than the length of what it has compiled: whether it is the same is for us to know.
  const known = cache.get(path)?.source === source ? cache.get(path) : undefined;
  const code = known?.code ?? Module.wrap(strip(source, filename));
  const script = new Script(code, { filename, cachedData: known?.compiled });
  if (!known?.compiled || script.cachedDataRejected) fresh.set(path, { source, code, script });
  const body = script.runInThisContext();
  try {
    body.call(module.exports, module.exports, requireIn(filename), module, filename, dirname(filename));
  } catch (error) {
    // Whoever asks again must not get the half of it.
    loaded.delete(filename);
    throw error;
  }
}

function strip(source, filePath) {
  try {
    return require('sucrase').transform(source, {
      transforms: ['typescript', 'imports'],
      filePath,
      // Node 20 knows optional chaining and the like; rewritten, they take longer.
      disableESTransforms: true,
    }).code;
  } catch (error) {
    throw unreadable(filePath, source, error);
  }
}

function readCache() {
  try {
    const { root, entries } = deserialize(readFileSync(join(FOLDER, CACHE)));
    // What V8 has compiled names its file in traces by the path that it had: elsewhere, it is compiled again.
    if (root !== ROOT) for (const entry of entries.values()) delete entry.compiled;
    return entries;
  } catch {
    return new Map();
  }
}

// At the end, because by then V8 has compiled the functions that were called, too.
process.on('exit', () => {
  if (fresh.size === 0) return;
  try {
    // A copy that borrows its packages by a link would fill the cache of the checkout that they belong to.
    if (fs.lstatSync(join(ROOT, 'node_modules')).isSymbolicLink()) return;
    for (const [path, { source, code, script }] of fresh) {
      cache.set(path, { source, code, compiled: script.createCachedData() });
    }
    for (const path of cache.keys()) {
      if (path.startsWith('..') || !fs.existsSync(join(ROOT, path))) cache.delete(path);
    }
    fs.mkdirSync(FOLDER, { recursive: true });
    // Written aside and renamed: another process may read at the same time.
    const aside = join(FOLDER, `${CACHE}.${process.pid}`);
    fs.writeFileSync(aside, serialize({ root: ROOT, entries: cache }));
    fs.renameSync(aside, join(FOLDER, CACHE));
    // Of other versions, and of processes that were killed while they wrote.
    for (const name of fs.readdirSync(FOLDER)) if (name !== CACHE) fs.rmSync(join(FOLDER, name));
  } catch {
    // A folder that cannot be written makes the next start slower, and nothing else.
  }
});
