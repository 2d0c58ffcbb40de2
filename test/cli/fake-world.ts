import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Execute, Options, Result } from '../../cli/cluster/execute';
import { run } from '../../cli/main';
import { Terminal } from '../../cli/terminal';
import type { World } from '../../cli/world';
import { environments } from '../../lib/environments';

/** One program that was run. */
export interface Call {
  readonly program: string;
  /** Arguments without `--context` and `--namespace`, in one line: `get deployment web --output=json`. */
  readonly line: string;
  readonly args: readonly string[];
  readonly options: Options;
}

/** What a fake program answers: its standard output, or a whole result; nothing if the call is for another. */
export type Answer = (call: Call) => string | object | Partial<Result> | undefined;

export interface FakeWorld extends World {
  readonly calls: Call[];
  /** What was printed so far. */
  readonly output: () => string;
  readonly errors: () => string;
  readonly interruption: AbortController;
  /** Runs `coped` with these words; answers its exit code. */
  readonly coped: (...words: string[]) => Promise<number>;
  /** Gives it a terminal at which this is typed. */
  readonly atTerminal: (typed?: string) => FakeWorld;
}

/** kubectl's configuration as most tests need it: a local cluster, which is current, and one for each hosted environment. */
const CONFIG = {
  'current-context': 'kind-coped',
  contexts: ['kind-coped', 'coped-staging', 'coped-production'].map((name) => ({
    name,
    context: { cluster: name },
  })),
  clusters: [
    { name: 'kind-coped', cluster: { server: 'https://127.0.0.1:6443' } },
    { name: 'coped-staging', cluster: { server: 'https://staging.example.org:6443' } },
    { name: 'coped-production', cluster: { server: 'https://production.example.org:6443' } },
  ],
};

/** A world without any program: what is run is answered by the test, and remembered. A call without an answer fails the test. */
export const fakeWorld = (...answers: readonly Answer[]): FakeWorld => fakeWorldOf(environments, ...answers);

/** The same with other environments than those whose dist/ is here. */
export function fakeWorldOf(environments: World['environments'], ...answers: readonly Answer[]): FakeWorld {
  const calls: Call[] = [];
  const interruption = new AbortController();
  const execute: Execute = async (program, args, options = {}) => {
    const words = args.filter((arg) => !/^--(context|namespace)=/.test(arg));
    const call = { program, args, options, line: words.join(' ') };
    calls.push(call);
    for (const answer of [...answers, config]) {
      const given = answer(call);
      if (given !== undefined) return resultOf(given);
    }
    throw new Error(`no answer to: ${program} ${call.line}`);
  };
  const streams = { input: new PassThrough(), output: new PassThrough(), errors: new PassThrough() };
  const world: FakeWorld = {
    environments,
    execute,
    terminal: new Terminal(streams),
    signal: interruption.signal,
    now: () => new Date('2026-01-02T03:04:05Z'),
    root: join(__dirname, '..', '..'),
    listens: async () => false,
    calls,
    output: textOf(streams.output),
    errors: textOf(streams.errors),
    interruption,
    coped: (...words) => run(words, world),
    atTerminal(typed = '') {
      for (const stream of Object.values(streams)) Object.assign(stream, { isTTY: true });
      streams.input.write(typed);
      return Object.assign(world, { terminal: new Terminal(streams, false) });
    },
  };
  return world;
}

/** What has been written so far. */
function textOf(stream: PassThrough): () => string {
  const chunks: string[] = [];
  stream.on('data', (chunk) => chunks.push(String(chunk)));
  return () => chunks.join('');
}

const config: Answer = ({ line }) => {
  if (line === 'config view --output=json') return CONFIG;
  // No namespace is on its way out.
  return /^get namespace \S+ --ignore-not-found --output=json$/.test(line) ? '' : undefined;
};

function resultOf(given: string | object): Result {
  if (typeof given === 'string') return { code: 0, stdout: given, stderr: '' };
  if (isResult(given)) return { code: 0, stdout: '', stderr: '', ...given };
  return { code: 0, stdout: JSON.stringify(given), stderr: '' };
}

const isResult = (given: object): given is Partial<Result> => 'code' in given || 'stdout' in given;
