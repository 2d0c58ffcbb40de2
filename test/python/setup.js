const { spawnSync } = require('node:child_process');

/** What the tests need; the images have a later one. */
const OLDEST = '(3, 11)';

module.exports = () => {
  const { status } = spawnSync('python3', ['-c', `import sys; sys.exit(sys.version_info < ${OLDEST})`]);
  if (status === 0) return;
  throw new Error(
    'No Python 3.11 or newer was found as python3. Install one (on Debian: apt-get install python3).',
  );
};
