import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { executor } from './cluster/execute';
import { unreadConfigurations } from './configurations';
import { listens } from './laptop/listens';
import { run } from './main';
import { Terminal } from './terminal';
import { EXIT } from './terminal/errors';

// The only place that knows the process: what is typed, the streams, the clock, ctrl-C.
const interruption = new AbortController();
// `coped status` asks a dozen things at once, and each listens: Node would warn of a leak.
setMaxListeners(0, interruption.signal);
process.on('SIGINT', () => {
  // A second ctrl-C ends it at once, without cleaning up.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});
// When it is terminated or its window is closed, it cleans up as well.
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => interruption.abort());

let lost = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code = '', message }: NodeJS.ErrnoException) => {
    // `coped status | head` is no mistake; and a window that is closed takes no more messages.
    if (['EPIPE', 'EIO'].includes(code)) return;
    lost = true;
    if (stream === process.stdout) process.stderr.write(`✘ the result cannot be written: ${message}\n`);
    interruption.abort();
  });
}

/** Linux without a desktop has none. */
const { DISPLAY, WAYLAND_DISPLAY } = process.env;
const onDesktop = DISPLAY || WAYLAND_DISPLAY ? 'xdg-open' : undefined;
const browser = { darwin: 'open', win32: 'explorer' }[process.platform as string] ?? onDesktop;

const streams = {
  get input() {
    return process.stdin;
  },
  output: process.stdout,
  errors: process.stderr,
};
run(process.argv.slice(2), {
  get environments() {
    return (require('../lib/environments') as typeof import('../lib/environments')).environments;
  },
  execute: executor(interruption.signal),
  terminal: new Terminal(streams, !process.env.NO_COLOR),
  signal: interruption.signal,
  now: () => new Date(),
  root: join(__dirname, '..'),
  ...(browser && { browser }),
  listens,
  unreadConfigurations: () => unreadConfigurations(process.env.KUBECONFIG),
}).then((code) => {
  process.exitCode = lost ? EXIT.failed : code;
});
