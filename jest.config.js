/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Never the reason for a failure: machines are busy, and nothing here waits for time.
  testTimeout: 300_000,
  roots: ['<rootDir>/test'],
  // By default one core stays free: half of a small machine.
  maxWorkers: '100%',
  // Sucrase only strips types, so tests start at once; `npm run typecheck` is what checks them.
  transform: { '\\.ts$': '@sucrase/jest-plugin' },
};
