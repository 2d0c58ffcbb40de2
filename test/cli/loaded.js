// Loaded before `coped`, by light.test.ts: says at the end on standard error which files and packages were loaded, as JSON: each with
// those whose code led to it, from the first to itself.
const { join, relative } = require('node:path');
const vm = require('node:vm');

const ROOT = join(__dirname, '..', '..');
const LOADERS = /^cli\/(kept|libraries|register)\.js$/;
const loaded = [];

/** cli/register.js and cli/libraries.js make a script of each file, and of each package. */
vm.Script = class extends vm.Script {
  constructor(code, options) {
    super(code, options);
    const paths = [options.filename, ...callers()].map((file) => relative(ROOT, file));
    const own = paths.filter((path) => !path.startsWith('..') && !LOADERS.test(path));
    loaded.push(own.filter((path, i) => path !== own[i - 1]).reverse());
  }
};

/** The files whose code is running, the innermost first. */
function callers() {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (_, calls) => calls.flatMap((call) => call.getFileName() ?? []);
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  const { stack } = new Error();
  Error.prepareStackTrace = prepareStackTrace;
  return stack.filter((file) => file.startsWith(ROOT) && file !== __filename);
}

process.on('exit', () => process.stderr.write(JSON.stringify(loaded)));
