import { PassThrough } from 'node:stream';
import { run } from '../../cli/main';
import { Terminal } from '../../cli/terminal';
import type { FakeWorld } from './fake-world';

const stream = () => Object.assign(new PassThrough(), { isTTY: true });

/** The same world at a terminal, with what a user types there. */
export function typing(world: FakeWorld, typed: string): FakeWorld {
  const streams = { input: stream(), output: stream(), errors: stream() };
  const [output, errors] = [streams.output, streams.errors].map((one) => {
    const chunks: string[] = [];
    one.on('data', (chunk) => chunks.push(String(chunk)));
    return () => chunks.join('');
  }) as [() => string, () => string];
  streams.input.write(typed);
  const interactive = { ...world, terminal: new Terminal(streams, false) };
  return { ...interactive, output, errors, coped: (...words) => run(words, interactive) };
}
