import type { FakeWorld } from './fake-world';

/** Runs `coped`; it must end with this exit code, and print this to standard error. */
export async function ends(world: FakeWorld, words: string, code: number, message: RegExp | string = '') {
  const ended = await world.coped(...words.split(' '));
  if (ended !== code) throw new Error(`coped ${words}: exit code ${ended}\n${world.errors()}`);
  expect(world.errors()).toMatch(message);
}
