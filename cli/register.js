// Lets Node run TypeScript: `node -r ./cli/register.js main.ts`. Sucrase only strips the types (`npm run typecheck`
// checks them). What it makes is kept with V8's compiled code: stripping and compiling 180 files again would take
// longer than the whole synthesis. Why not another way: docs/decisions/0002-how-typescript-runs.md
require('./installed.js');
// What Node has compiled of its own modules fits the flags that it started with: they are loaded before flags are set.
require('node:child_process');
require('node:crypto');
const { setFlagsFromString } = require('node:v8');
// V8 optimizes what has run for a few milliseconds: in a command that takes 300, that costs 90 and wins nothing. Long ones get there.
const later = process.versions.v8.startsWith('11.')
  ? ['--interrupt-budget=1000000']
  : ['--no-maglev', '--invocation-count-for-turbofan=20000', '--invocation-count-for-osr=5000'];
// The heap may grow to half as much again as is in use, and not to four times: that is a fifth of the memory of a thousand environments.
for (const flag of [...later, '--heap-growing-percent=50']) setFlagsFromString(flag);
const fs = require('node:fs');
const { readFileSync } = fs;
const { Module, createRequire, isBuiltin } = require('node:module');
const { dirname, join, relative, sep } = require('node:path');
const { Script } = require('node:vm');
const { entryOf, isWhole, keep } = require('./kept.js');
const { isLibrary, library } = require('./libraries.js');

const ROOT = join(__dirname, '..');
const HERE = ROOT + sep;

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
    if (!name.startsWith('.'))
      return isLibrary(name) ? library(name) : isBuiltin(name) ? require(name) : others()(name);
    const path = beside(folder, name);
    if (path.endsWith('.json')) return json(path, filename);
    const module = load(path);
    if (module) return module.exports;
    // Not installed packages have a message of their own: installed.js.
    if (!isThere(path)) throw missing(`${path}.ts`, filename);
    return others()(name);
  };
  ours.resolve = (name) => others().resolve(name);
  return ours;
}

/** What `resolve` makes of a name that starts with a dot, which is asked a thousand times. */
function beside(folder, name) {
  let path = folder;
  for (const part of name.split('/')) {
    if (part === '..') path = dirname(path);
    else if (part !== '.') path += sep + part;
  }
  return path;
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
  const body = scriptOf(filename, source).runInThisContext();
  try {
    body.call(module.exports, module.exports, requireIn(filename), module, filename, dirname(filename));
  } catch (error) {
    // Whoever asks again must not get the half of it.
    loaded.delete(filename);
    throw error;
  }
}

function scriptOf(filename, source) {
  const path = filename.startsWith(HERE) ? filename.slice(HERE.length) : relative(ROOT, filename);
  const entry = entryOf(path);
  // V8 compares no more than the length of what it has compiled: whether it is the same is for us to know.
  const kept = entry?.source === source ? entry : undefined;
  const code = kept?.code ?? Module.wrap(strip(source, filename));
  // What V8 has compiled names its file in traces by the path that it had: elsewhere, it is compiled again.
  const cachedData = kept?.filename === filename ? kept.compiled : undefined;
  const script = new Script(code, { filename, cachedData });
  if (!cachedData || script.cachedDataRejected || !isWhole(entry))
    keep(path, () => ({ filename, source, code, compiled: script.createCachedData() }));
  return script;
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
