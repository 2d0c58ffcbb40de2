// Says what is missing before anything else is loaded, in place of a stack trace. Every Node has to be able to read this file.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const HOUSE = join(__dirname, '..');
const { dependencies, engines } = require('../package.json');

const oldest = Number.parseInt(engines.node.replace(/\D*/, ''), 10);
const absent = Object.keys(dependencies).filter((name) => !existsSync(join(HOUSE, 'node_modules', name)));

if (Number.parseInt(process.versions.node, 10) < oldest) {
  stop(
    `Node ${oldest} or newer is needed, and this is ${process.versions.node}`,
    'Install it: https://nodejs.org',
  );
}
if (absent.length > 0) {
  const some = absent.length < Object.keys(dependencies).length;
  stop(
    some ? `libraries are missing: ${absent.join(', ')}` : 'the libraries are not installed yet',
    `Run \`npm ci\` in ${HOUSE}`,
  );
}

function stop(wrong, next) {
  console.error(`✘ ${wrong}\n  ${next}`);
  process.exit(1);
}
