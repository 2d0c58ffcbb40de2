import type { World } from '../world';

/**
 * Runs several things at once. The first that fails stops the others: their world is as after ctrl-C. Its error is thrown when all of them
 * have ended, so that none goes on behind the back of what comes next.
 *
 * @param begin starts all of them, in a world that ends with the first failure
 */
export async function sideBySide(
  world: World,
  begin: (world: World) => readonly Promise<unknown>[],
): Promise<void> {
  const failure = new AbortController();
  const stop = () => failure.abort();
  const { signal } = failure;
  if (world.signal.aborted) stop();
  world.signal.addEventListener('abort', stop, { once: true });
  const ends = begin({
    ...world,
    signal,
    execute: (program, args, options) => world.execute(program, args, { signal, ...options }),
  });
  const errors: unknown[] = [];
  await Promise.all(
    ends.map((end) =>
      end.catch((error) => {
        errors.push(error);
        stop();
      }),
    ),
  );
  world.signal.removeEventListener('abort', stop);
  if (errors.length > 0) throw errors[0];
}
