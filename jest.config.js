const { alone } = require('./test/together/members.js');

// `npx jest test/checker` runs the files of a folder each for itself; a run of everything takes them in groups.
const chosen = process.argv.slice(2).some((argument) => !argument.startsWith('-'));

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Never the reason for a failure: machines are busy, and nothing here waits for time.
  testTimeout: 300_000,
  roots: ['<rootDir>/test'],
  testMatch: chosen
    ? ['**/*.test.ts']
    : ['**/*.group.ts', ...alone().map((path) => `<rootDir>/test/${path}`)],
  // By default one core stays free: half of a small machine.
  maxWorkers: '100%',
  // Sucrase only strips types, so tests start at once; `npm run typecheck` is what checks them.
  transform: { '\\.ts$': '@sucrase/jest-plugin' },
};
