import { Writable } from 'node:stream';
import { executor } from '../../../cli/cluster/execute';

test('a program whose output nobody takes any more is ended: it would wait for ever', async () => {
  const full = new Writable({ write: (_, __, done) => done(new Error('no space left on device')) });
  full.on('error', () => {});
  const { code } = await executor()('cat', ['/dev/zero'], { output: full });
  expect(code).not.toBe(0);
});
