import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Terminal } from '../terminal';

/** Takes what a program writes, and passes it on line by line. */
export function eachLine(take: (line: string) => void): Writable {
  const decoder = new StringDecoder();
  let rest = '';
  return new Writable({
    write(chunk, _, done) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      done();
    },
    final(done) {
      if (rest !== '') take(rest);
      done();
    },
  });
}

/** A request in the log of a server, and its path. */
const SERVED = /"GET (\S+) HTTP\/1\.[01]" [23]\d\d /;

/**
 * Prints lines of a container's log behind the name of its component.
 *
 * @param probes paths that Kubernetes and this program ask for every few seconds
 */
export function logPrinter(
  terminal: Terminal,
  component: string,
  width: number,
  probes: readonly string[],
): Writable {
  const prefix = terminal.paintResult('dim', `${component.padEnd(width)} │`);
  return eachLine((line) => {
    if (!probes.includes(SERVED.exec(line)?.[1] ?? '')) terminal.print(`${prefix} ${line}`);
  });
}
