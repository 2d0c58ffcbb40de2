import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Execute, executor } from '../../../../cli/cluster/execute';
import { listens } from '../../../../cli/laptop/listens';
import { run } from '../../../../cli/main';
import { Terminal } from '../../../../cli/terminal';
import type { World } from '../../../../cli/world';
import { environments } from '../../../../lib/environments';
import type { HostedEnvironment } from '../../../../lib/environments/environment';
import { trialEnvironments } from '../environments';

export interface Ended {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  /** Standard error. */
  readonly errors: string;
}

export type Through = (execute: Execute) => Execute;

export interface Circumstances {
  /** What is typed or piped. */
  readonly input?: string;
  /** Presses ctrl-C. */
  readonly signal?: AbortSignal;
  /** Hears everything on standard output and error as it comes. */
  readonly heard?: (text: string) => void;
  /** What time it is; now, if absent. */
  readonly now?: Date;
  /** Takes the place of the environment of the same name: the sources have changed. */
  readonly environment?: HostedEnvironment;
  /** Is between the command and the programs that it runs. */
  readonly through?: Through;
}

/** `coped` with these words, without a terminal, against the real cluster. */
export const coped = (words: readonly string[], circumstances: Circumstances = {}): Promise<Ended> =>
  inWorld(circumstances, (world) => run(words, world));

/** Presses ctrl-C as soon as it prints this. */
export function interruptedAt(pattern: RegExp): Circumstances {
  const interruption = new AbortController();
  const heard = (text: string) => {
    if (pattern.test(text)) interruption.abort();
  };
  return { signal: interruption.signal, heard };
}

/** Something that ends with an exit code, as a command would find the world. */
export async function inWorld(
  circumstances: Circumstances,
  task: (world: World) => Promise<number>,
): Promise<Ended> {
  const {
    input = '',
    signal = new AbortController().signal,
    heard = () => {},
    now,
    environment,
    through = (execute) => execute,
  } = circumstances;
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  const said = { output: '', errors: '' };
  for (const name of ['output', 'errors'] as const) {
    streams[name].on('data', (data) => {
      said[name] += data;
      heard(String(data));
    });
  }
  streams.input.end(input);
  const code = await task({
    environments: [
      ...environments,
      ...trialEnvironments.filter(({ name }) => name !== environment?.name),
      ...(environment ? [environment] : []),
    ],
    execute: through(executor(signal)),
    terminal: new Terminal(streams),
    signal,
    now: () => now ?? new Date(),
    root: join(__dirname, '..', '..', '..', '..'),
    listens,
  });
  return { code, ...said };
}

/** @throws Error with the whole output, unless a command ended as expected and printed this */
export function expectEnd(
  { code, output, errors }: Ended,
  expected: number,
  ...patterns: readonly RegExp[]
): string {
  const missing = patterns.filter((pattern) => !pattern.test(output + errors));
  if (code === expected && missing.length === 0) return `exit code ${code}`;
  throw new Error(
    [
      `exit code ${code}, expected ${expected}; not printed: ${missing.join(' ') || 'nothing'}`,
      output,
      errors,
    ].join('\n'),
  );
}

const SELF = [
  '-r',
  join(__dirname, '..', '..', '..', '..', 'cli', 'register.js'),
  join(__dirname, 'coped.ts'),
];

/** `coped` in a process of its own, with something piped into it: for commands that hand their streams on to a program. */
export async function copedItself(words: readonly string[], input = ''): Promise<Ended> {
  const { code, stdout, stderr } = await executor()(process.execPath, [...SELF, ...words], { input });
  return { code, output: stdout, errors: stderr };
}
