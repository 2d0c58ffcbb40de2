import type { Writable } from 'node:stream';
import type { Terminal } from '../terminal';
import { eachLine } from './lines';

/** Requests that nobody makes but Kubernetes and this program, every few seconds. */
const PROBE =
  /"GET (\/livez|\/readyz|\/dashboards\/voila\/templates\/base\/static\/require\.min\.js) HTTP\/1\.[01]" 200 /;

/** Prints lines of a container's log behind the name of its component. */
export function logPrinter(terminal: Terminal, component: string, width: number): Writable {
  const name = `${component.padEnd(width)} │`;
  const prefix = terminal.streams.output.isTTY ? terminal.paint('dim', name) : name;
  return eachLine((line) => {
    if (!PROBE.test(line)) terminal.print(`${prefix} ${line}`);
  });
}
