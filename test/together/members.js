// `npm test` loads what the tests of a folder have in common once: each *.group.ts here runs the test files of one group
// in one module registry. Loaded by each file for itself, the sources take more time than all tests.
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const TESTS = join(__dirname, '..');

/** What a file replaces for all that is loaded with it: only files that replace the same can share it. */
const REPLACES = /^(?:const \w+ = )?jest\.(?:mock|spyOn)\(.*$/gm;
const CLOCK = `jest.mock('node:timers/promises', () => ({ setTimeout: async () => mockClock.pass(1) }));
jest.spyOn(Date, 'now').mockImplementation(() => mockClock.now);`;
const NO_WAITING = "jest.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));";

/** Group → beginnings of the paths of its files; the longest that fits counts. */
const FOLDERS = {
  checker: ['checker/', 'formats/', 'rules/'],
  cli: ['cli/', 'scripts/'],
  'cli-cluster': [
    'cli/backup/',
    'cli/cluster/',
    'cli/deploy/',
    'cli/diff/',
    'cli/drill/',
    'cli/migrate/',
    'cli/release/',
    'cli/restore/',
    'cli/secrets/',
    'cli/status/',
  ],
  'cli-laptop': ['cli/dev/', 'cli/doctor/', 'cli/down/', 'cli/laptop/', 'cli/manage/', 'cli/up/'],
  'cli-pages': ['cli/picture/', 'cli/report/', 'scripts/'],
  lib: ['lib/'],
  'reachability-and-plan': ['checker/reachability/', 'checker/plan/', 'checker/pod-security/'],
  secrets: ['checker/secrets/'],
  rest: [''],
};

const tests = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => path.replaceAll('\\', '/'))
  .sort();

/** A snapshot belongs to the file that Jest runs: in a group it would move. */
const HAS_SNAPSHOT = /toMatch(Inline)?Snapshot\(/;

const replaced = (path) => (readFileSync(join(TESTS, path), 'utf8').match(REPLACES) ?? []).join('\n');

/** The group of a file; undefined if it has to be alone. */
function groupOf(path) {
  if (HAS_SNAPSHOT.test(readFileSync(join(TESTS, path), 'utf8'))) return undefined;
  const own = replaced(path);
  if (own === CLOCK) return 'clock';
  if (own === NO_WAITING) return 'no-waiting';
  if (own !== '') return undefined;
  const [found] = Object.entries(FOLDERS)
    .flatMap(([group, beginnings]) => beginnings.map((beginning) => ({ group, beginning })))
    .filter(({ beginning }) => path.startsWith(beginning))
    .sort((a, b) => b.beginning.length - a.beginning.length);
  return found.group;
}

module.exports = {
  groups: [...Object.keys(FOLDERS), 'clock', 'no-waiting'],
  /** The test files of a group, below test/. */
  membersOf: (group) => tests.filter((path) => groupOf(path) === group),
  /** Those that share their modules with no other. */
  alone: () => tests.filter((path) => groupOf(path) === undefined),
};
