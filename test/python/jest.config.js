// `npm run test:python`: our Python programs that run in pods, *.python.ts. Not part of `npm test`, which must do with Node.

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['**/*.python.ts'],
  globalSetup: '<rootDir>/test/python/setup.js',
};
