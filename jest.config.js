/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Sucrase only strips types, so tests start at once; `npm run typecheck` is what checks them.
  transform: { '\\.ts$': '@sucrase/jest-plugin' },
};
