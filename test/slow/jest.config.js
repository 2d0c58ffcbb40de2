const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

// `npm run test:thorough`: what takes longer than `npm test` may, *.slow.ts, and every trial of the files that try a part there.

const TESTS = join(__dirname, '..');
const sampled = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => /from '(\.\.?\/)+(counts|properties)'/.test(readFileSync(join(TESTS, path), 'utf8')));

/** @type {import('jest').Config} */
module.exports = {
  ...require('../../jest.config.js'),
  rootDir: '../..',
  testMatch: ['**/*.slow.ts', ...sampled.map((path) => `<rootDir>/test/${path}`)],
  globals: { THOROUGH: true },
};
