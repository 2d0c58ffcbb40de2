// `npm run test:browser`: what only a browser can show. Not part of `npm test`, which must do on a machine without one.

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser.ts'],
};
