// What was made of files at earlier starts: one file in node_modules/.cache, of which only what is asked for is read.
// docs/decisions/0002-how-typescript-runs.md
const fs = require('node:fs');
const { join } = require('node:path');
const { deserialize, serialize } = require('node:v8');

const ROOT = join(__dirname, '..');
const PACKAGES = join(ROOT, 'node_modules');
const FOLDER = join(PACKAGES, '.cache', 'coped');
const { version } = require(join(PACKAGES, 'sucrase', 'package.json'));
// What was compiled fits one version of V8 only. The 4 is the version of this format.
const NAME = `4-${version}-${process.versions.v8}`;

/** Changes with every installation: npm writes this file at the end. */
const installation = fs.statSync(join(PACKAGES, '.package-lock.json'), { throwIfNoEntry: false })?.mtimeMs;

/** V8 keeps the functions that were called. Synth calls most, and is run most often: what came of a shorter command is replaced. */
const ofSynth = process.argv[1] === join(ROOT, 'main.ts');
exports.isWhole = (entry) => entry.ofSynth || !ofSynth;

/** The file as it was at the start; path in the checkout → where its entry is, after `start`. */
const { file, start, places } = open();
/** Path → makes the entry for the next start. */
const fresh = new Map();

function open() {
  try {
    const file = fs.openSync(join(FOLDER, NAME));
    const start = read(file, 0, 4).readUInt32LE();
    return { file, start, places: deserialize(read(file, 4, start)) };
  } catch {
    return { places: new Map() };
  }
}

/** Part by part: much memory at once would make V8 look for what it can free. */
function read(from, begin, end) {
  const bytes = Buffer.allocUnsafeSlow(end - begin);
  fs.readSync(from, bytes, 0, bytes.length, begin);
  return bytes;
}

function bytesOf(path) {
  const [begin, end] = places.get(path);
  return read(file, start + begin, start + end);
}

exports.entryOf = (path) => {
  const entry = places.has(path) ? deserialize(bytesOf(path)) : undefined;
  return !path.startsWith('node_modules') || entry?.installation === installation ? entry : undefined;
};

/** Keeps what `make` returns at the end: by then, V8 has compiled the functions that were called, too. */
exports.keep = (path, make) => {
  if (!path.startsWith('..')) fresh.set(path, make);
};

process.on('exit', () => {
  if (fresh.size === 0) return;
  try {
    // A copy that borrows its packages by a link would fill the cache of the checkout that they belong to.
    if (fs.lstatSync(PACKAGES).isSymbolicLink()) return;
    const entries = new Map();
    for (const path of places.keys()) if (fs.existsSync(join(ROOT, path))) entries.set(path, bytesOf(path));
    for (const [path, make] of fresh) entries.set(path, serialize({ ...make(), installation, ofSynth }));
    write(entries);
  } catch {
    // A folder that cannot be written makes the next start slower, and nothing else.
  }
});

function write(entries) {
  const places = new Map();
  let end = 0;
  for (const [path, { length }] of entries) {
    places.set(path, [end, end + length]);
    end += length;
  }
  const index = serialize(places);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(size.length + index.length);
  fs.mkdirSync(FOLDER, { recursive: true });
  // Written aside and renamed: another process may read at the same time.
  const aside = join(FOLDER, `${NAME}.${process.pid}`);
  fs.writeFileSync(aside, Buffer.concat([size, index, ...entries.values()]));
  fs.renameSync(aside, join(FOLDER, NAME));
  // Of other versions, and of processes that were killed while they wrote.
  for (const name of fs.readdirSync(FOLDER)) if (name !== NAME) fs.rmSync(join(FOLDER, name));
}
