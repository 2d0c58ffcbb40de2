import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PARTS } from './parts';

// `npm run test:slow`: what is worth having, and takes longer than `npm test` may. Each part runs by itself as well.

const results = PARTS.map((part) => {
  console.log(`\n== npm run ${part}`);
  const start = Date.now();
  const { status } = spawnSync('npm', ['run', '--silent', part], {
    cwd: join(__dirname, '..', '..'),
    stdio: 'inherit',
    // On Windows npm is a script.
    shell: process.platform === 'win32',
  });
  return { part, passed: status === 0, seconds: (Date.now() - start) / 1000 };
});

console.log();
for (const { part, passed, seconds } of results) {
  console.log(`${passed ? 'passed' : 'FAILED'} ${seconds.toFixed(0).padStart(5)} s  npm run ${part}`);
}
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
