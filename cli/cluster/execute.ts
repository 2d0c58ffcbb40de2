import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { InterruptedError, NotInstalledError } from '../terminal/errors';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  /** Written to standard input: the way for secrets, because arguments can be read by every process. */
  readonly input?: string | Readable;
  /** Standard output goes there instead of into the result: logs that are followed, dumps that are fetched. */
  readonly output?: Writable;
  /** Called with what the program prints, while it prints it; the result has it as well. */
  readonly heard?: (text: string) => void;
  /**
   * The program has the terminal for itself, and answers nothing but its exit code. The one way past cli/terminal/, on purpose: an
   * interactive program needs every sequence of the terminal. A user who opens a shell in a pod trusts that pod with it.
   */
  readonly attached?: boolean;
  /** Seconds after which the command is given up; 120, or never if it has the terminal or an output. */
  readonly within?: number;
  /** For cleaning up: runs after ctrl-C as well. */
  readonly evenIfInterrupted?: boolean;
  /** Ends it as ctrl-C does: something beside which it runs has failed. */
  readonly signal?: AbortSignal;
}

/** Runs a program to its end. A program that fails is an answer; one that cannot be run is a NotInstalledError. */
export type Execute = (program: string, args: readonly string[], options?: Options) => Promise<Result>;

/** Where the tools come from, for who does not have them. */
const INSTALL: Readonly<Record<string, string>> = {
  docker: 'https://docs.docker.com/engine/install/',
  git: 'https://git-scm.com/downloads',
  kind: 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation',
  kubectl: 'https://kubernetes.io/docs/tasks/tools/',
  minikube: 'https://minikube.sigs.k8s.io/docs/start/',
};

/** Seconds that a program may take to end after ctrl-C. */
const OBEYS = 5;

/**
 * Default options that a user has set for kubectl would change what these calls mean.
 * @see https://kubernetes.io/docs/reference/kubectl/kuberc/
 */
const UNTOUCHED = { KUBERC: 'off' };

/** Runs programs as found on PATH, until the signal of ctrl-C. */
export const executor =
  (signal?: AbortSignal): Execute =>
  (program, args, options = {}) =>
    new Promise((resolve, reject) => {
      const { input, output, attached = false, evenIfInterrupted = false } = options;
      const { within = attached || output ? 0 : 120 } = options;
      const signals = evenIfInterrupted ? [] : [signal, options.signal].filter((one) => one !== undefined);
      const isInterrupted = () => signals.some(({ aborted }) => aborted);
      if (isInterrupted()) return reject(new InterruptedError());

      const child = spawn(program, args, {
        stdio: attached ? 'inherit' : 'pipe',
        env: { ...process.env, ...UNTOUCHED },
        // A terminal's ctrl-C reaches the whole group: what cleans up must not be in it.
        detached: evenIfInterrupted,
      });
      // Not spawn's own timeout: it goes on running, and holds the process, where the program does not exist.
      let late = false;
      const timer = setTimeout(() => {
        late = child.kill('SIGTERM');
      }, within * 1000);
      if (within === 0) clearTimeout(timer);
      let killer: NodeJS.Timeout | undefined;
      const stop = () => {
        child.kill('SIGINT');
        killer = setTimeout(() => child.kill('SIGKILL'), OBEYS * 1000);
      };
      for (const one of signals) one.addEventListener('abort', stop, { once: true });
      // Its reader is gone, as with a full disk: the program would wait for ever to be read.
      output?.once('close', stop);
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      if (output) child.stdout?.pipe(output, { end: false });
      else child.stdout?.on('data', (data) => out.push(data));
      child.stderr?.on('data', (data) => err.push(data));
      const { heard } = options;
      if (heard)
        for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => heard(String(data)));
      child.on('error', (error) => {
        clearTimeout(timer);
        reject(cannotRun(program, error));
      });
      child.on('exit', () => {
        clearTimeout(timer);
        clearTimeout(killer);
        const interrupted = isInterrupted();
        if (!interrupted && !late) return;
        // Else `close` may never come: a helper that the program has left behind may hold its output open for ever.
        for (const stream of [child.stdout, child.stderr]) stream?.destroy();
        if (interrupted) reject(new InterruptedError());
      });
      child.on('close', (code, ended) => {
        for (const one of signals) one.removeEventListener('abort', stop);
        output?.removeListener('close', stop);
        if (isInterrupted()) return reject(new InterruptedError());
        const end = ended ? `ended by ${ended}${late ? ` after ${within} s` : ''}` : '';
        const stderr = Buffer.concat(err).toString() + end;
        resolve({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr });
      });
      // A program that ends early does not read its input; its exit code says what went wrong.
      child.stdin?.on('error', () => {});
      if (typeof input === 'object') {
        // What breaks off never ends: the program would wait for the rest.
        input.once('error', stop);
        input.pipe(child.stdin as Writable);
      } else child.stdin?.end(input ?? '');
    });

function cannotRun(program: string, { message }: Error): NotInstalledError {
  const where = INSTALL[program];
  return new NotInstalledError(
    `${program} cannot be run: ${message}`,
    where ? `Install it: ${where}` : `Install ${program}`,
  );
}
