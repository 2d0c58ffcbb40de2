import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { filesIn } from '../copy';

// Tests in Python of our programs that run in pods and need nothing but Python. Those in test/slow need Django.
test.each(filesIn(['test'], /(^|\/)test_\w+\.py$/).filter((path) => !path.includes('slow')))('%s', (path) => {
  const words = ['-B', '-m', 'unittest', basename(path)];
  const { status, stderr } = spawnSync('python3', words, { cwd: dirname(path), encoding: 'utf8' });
  expect(status === 0 ? '' : stderr).toBe('');
});
