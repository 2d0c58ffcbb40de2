// Loads the packages that the program needs. Node looks for each of their three hundred files on the disk, and compiles it again; here,
// what was used of a package is kept as one script. docs/decisions/0002-how-typescript-runs.md
const { readFileSync, realpathSync } = require('node:fs');
const { createRequire, isBuiltin } = require('node:module');
const { dirname, join, relative } = require('node:path');
const { Script } = require('node:vm');
const { dependencies } = require('../package.json');
const { entryOf, isWhole, keep } = require('./kept.js');

const ROOT = join(__dirname, '..');
/** Where `node_modules` really is: a copy of the tree may borrow it by a link. */
const ABOVE = dirname(realpathSync(join(ROOT, 'node_modules')));
const PACKAGE = /^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;
/** All that is known of our own files: what their names of packages mean. */
const OURS = 'node_modules';

/** Folder below `ABOVE` → package. */
const packages = new Map();
/** Path below `ABOVE` → module. */
const loaded = new Map();

/** Whether a name means a package that is needed to run: those for development are left to Node. */
exports.isLibrary = (name) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] in dependencies;

/** What a file of ours gets for such a name. */
exports.library = (name) => required(OURS, name);

function required(path, name) {
  const known = packageOf(path);
  known.files[path] ??= {};
  const meant = known.files[path];
  if (meant[name] === undefined) {
    const user = path === OURS ? join(ROOT, 'package.json') : join(ABOVE, path);
    meant[name] = relative(ABOVE, createRequire(user).resolve(name));
    known.change();
  }
  return load(meant[name]);
}

function load(path) {
  const known = loaded.get(path);
  if (known) return known.exports;
  const filename = join(ABOVE, path);
  const body = PACKAGE.test(path) && /\.c?js$/.test(path) && bodyOf(path, filename);
  if (!body) return require(filename);
  const module = { exports: {}, id: filename, filename, children: [], paths: [] };
  // Before it runs, because files may need each other.
  loaded.set(path, module);
  try {
    body.call(module.exports, module.exports, requireIn(path), module, filename, dirname(filename));
  } catch (error) {
    loaded.delete(path);
    throw error;
  }
  return module.exports;
}

function requireIn(path) {
  const inner = (name) => (isBuiltin(name) ? require(name) : required(path, name));
  inner.resolve = (name) => createRequire(join(ABOVE, path)).resolve(name);
  Object.defineProperty(inner, 'main', { get: () => process.mainModule });
  return inner;
}

/** The function that a file becomes; nothing for what is no CommonJS, which is for Node to load. */
function bodyOf(path, filename) {
  const known = packageOf(path);
  if (known.bodies[path]) return known.bodies[path];
  try {
    const body = new Script(`(${functionOf(path)})`, { filename }).runInThisContext();
    known.files[path] ??= {};
    known.change();
    return body;
  } catch {
    return undefined;
  }
}

/** Without the map of its source, which may be four fifths of it. */
const functionOf = (path) =>
  `function (exports, require, module, __filename, __dirname) {${readFileSync(
    join(ABOVE, path),
    'utf8',
  ).replace(/^\/\/# sourceMappingURL=data:.*$/m, '')}\n}`;

/** What is known of a file's package: its files, with what their names of others mean, and as functions. */
function packageOf(path) {
  const folder = PACKAGE.exec(path)?.[0] ?? path;
  const known = packages.get(folder);
  if (known) return known;
  const filename = join(ABOVE, folder);
  const { files = {}, code = '({})', ...kept } = entryOf(folder) ?? {};
  // What V8 has compiled names its file in traces by the path that it had: elsewhere, it is compiled again.
  const cachedData = kept.filename === filename ? kept.compiled : undefined;
  const script = new Script(code, { filename, cachedData });
  const bodies = script.runInThisContext();
  // What is new in it is part of the script from the next start on; what V8 compiles of that, from the one after.
  const entry = () => {
    const paths = Object.keys(files).filter((file) => PACKAGE.test(file));
    if (paths.every((file) => file in bodies))
      return { filename, files, code, compiled: script.createCachedData() };
    return { files, code: `({${paths.map((file) => `${JSON.stringify(file)}: ${functionOf(file)}`)}})` };
  };
  const result = { files, bodies, change: () => keep(folder, entry) };
  if (!cachedData || script.cachedDataRejected || !isWhole(kept)) result.change();
  packages.set(folder, result);
  return result;
}
