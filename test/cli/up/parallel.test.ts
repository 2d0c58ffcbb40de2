import { InterruptedError } from '../../../cli/terminal/errors';
import { sideBySide } from '../../../cli/up/parallel';
import type { World } from '../../../cli/world';
import { fakeWorld } from '../fake-world';

/** Goes on until it is stopped. */
const untilStopped = ({ signal }: World): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(new InterruptedError())));

test('the first failure stops the others, and is thrown once they have ended', async () => {
  let ended = false;
  const slow = (part: World) =>
    untilStopped(part).catch(async (error) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
      throw error;
    });
  const works = sideBySide(fakeWorld(), (part) => [slow(part), Promise.reject(new Error('the cause'))]);
  await expect(works).rejects.toThrow('the cause');
  expect(ended).toBe(true);
});

test('ctrl-C stops all of them', async () => {
  const world = fakeWorld();
  const works = sideBySide(world, (part) => [untilStopped(part), untilStopped(part)]);
  world.interruption.abort();
  await expect(works).rejects.toBeInstanceOf(InterruptedError);
});

test('programs that they run are stopped with them, in parts of parts as well', async () => {
  const signals: (AbortSignal | undefined)[] = [];
  const world = fakeWorld(({ options }) => {
    signals.push(options.signal);
    return 'done';
  });
  const inner = (part: World) =>
    sideBySide(part, (smaller) => [smaller.execute('docker', ['build']).then(() => untilStopped(smaller))]);
  await expect(
    sideBySide(world, (part) => [
      inner(part),
      part.execute('kind', []).then(() => Promise.reject(new Error('no'))),
    ]),
  ).rejects.toThrow('no');
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
});
