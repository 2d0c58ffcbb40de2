import { environments } from '../lib/environments';
import { executor } from './cluster/execute';
import { listens } from './listens';
import { run } from './main';
import { Terminal } from './terminal';

// The only place that knows the process: what is typed, the streams, the clock, ctrl-C.
const interruption = new AbortController();
process.on('SIGINT', () => {
  // A second ctrl-C ends it at once, whatever is being cleaned up.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});
process.on('SIGTERM', () => interruption.abort());
// `coped status | head` is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
run(process.argv.slice(2), {
  environments,
  execute: executor(interruption.signal),
  terminal: new Terminal(streams, !process.env.NO_COLOR),
  signal: interruption.signal,
  now: () => new Date(),
  listens,
}).then((code) => {
  process.exitCode = code;
});
