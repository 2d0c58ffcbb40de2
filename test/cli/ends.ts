import type { FakeWorld } from './fake-world';

/** Runs `coped`; it must end with this exit code, and print this to standard error. */
export async function ends(world: FakeWorld, words: string, code: number, message: RegExp | string = '') {
  expect(await world.coped(...words.split(' '))).toBe(code);
  expect(world.errors()).toMatch(message);
}
