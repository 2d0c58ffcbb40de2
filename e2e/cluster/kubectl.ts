import { spawn } from 'node:child_process';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Options {
  /** Written to standard input: the way for secrets, because arguments can be read by every process. */
  readonly input?: string;
  /** Seconds after which the command is given up. */
  readonly within?: number;
}

// biome-ignore lint/suspicious/noExplicitAny: objects of every kind, as the API server answers them
export type ApiObject = any;

/**
 * kubectl as found on PATH, held to the one context that was checked to be local: a `kubectl config use-context` in
 * another terminal must not send the rest of a run elsewhere.
 */
export class Kubectl {
  constructor(
    private readonly context: string,
    private readonly namespace?: string,
  ) {}

  in(namespace: string): Kubectl {
    return new Kubectl(this.context, namespace);
  }

  /** Standard output of a command that must succeed. */
  async run(args: readonly string[], options: Options = {}): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(args, options);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${(stderr || stdout).trim()}`);
    return stdout;
  }

  attempt(args: readonly string[], options: Options = {}): Promise<Result> {
    const namespace = this.namespace ? [`--namespace=${this.namespace}`] : [];
    return execute('kubectl', [`--context=${this.context}`, ...namespace, ...args], options);
  }

  /** The object or the list of objects that `kubectl get` finds. */
  async get(...args: string[]): Promise<ApiObject> {
    return JSON.parse(await this.run(['get', '--output=json', ...args]));
  }

  async exists(...args: string[]): Promise<boolean> {
    return (await this.run(['get', '--ignore-not-found', '--output=name', ...args])).trim() !== '';
  }

  /** Applies objects that exist nowhere as a file. */
  apply(objects: readonly object[], ...args: string[]): Promise<string> {
    return this.run(['apply', '--filename=-', ...args], { input: listOf(objects) });
  }
}

export const listOf = (items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

export function execute(program: string, args: readonly string[], options: Options = {}): Promise<Result> {
  const { input, within = 120 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { timeout: within * 1000 });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data) => out.push(data));
    child.stderr.on('data', (data) => err.push(data));
    child.on('error', (error) => reject(new Error(`${program} cannot be run: ${error.message}`)));
    child.on('close', (code, signal) => {
      const stderr = Buffer.concat(err).toString() + (signal ? `ended by ${signal} after ${within} s` : '');
      resolve({ code: code ?? 1, stdout: Buffer.concat(out).toString(), stderr });
    });
    // A program that ends early does not read its input; its exit code says what went wrong.
    child.stdin.on('error', () => {});
    child.stdin.end(input ?? '');
  });
}
