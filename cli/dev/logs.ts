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

/** Requests of Kubernetes and of this program, every few seconds. */
const PROBE =
  /"GET (\/livez|\/readyz|\/dashboards\/voila\/templates\/base\/static\/require\.min\.js) HTTP\/1\.[01]" 200 /;

/** Prints lines of a container's log behind the name of its component. */
export function logPrinter(terminal: Terminal, component: string, width: number): Writable {
  const prefix = terminal.paintResult('dim', `${component.padEnd(width)} │`);
  return eachLine((line) => {
    if (!PROBE.test(line)) terminal.print(`${prefix} ${line}`);
  });
}
