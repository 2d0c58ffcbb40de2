import type { ChildProcess } from 'node:child_process';
import type { Execute, Options, Result } from '../../../cli/cluster/execute';
import { dev } from '../../../cli/dev/dev';
import { InterruptedError } from '../../../cli/terminal/errors';
import { find, manifestsOf, named } from '../../support';
import { FakeCluster } from '../fake-cluster';
import { runAgent } from './folders';

/** The Deployment that developers edit. */
export const web = () => find(manifestsOf(named('development')), 'Deployment', 'web');

/** A cluster whose pods are folders of this machine. */
export class Cluster {
  readonly world;
  readonly agents = new Map<string, ChildProcess>();
  readonly logs = new Map<string, Options['output']>();
  /** What the program in the pod is told. */
  readonly told: string[][] = [];
  private watch: Options['output'];
  private readonly lines: string[] = [];
  private running?: Promise<void>;

  constructor(
    readonly here: string,
    readonly folders: Map<string, string>,
    deployment = web(),
  ) {
    this.world = new FakeCluster(deployment).world();
  }

  /** A pod and the state of its container, as `kubectl get --watch` prints it. */
  report(pod: string, since: string, ending = ''): void {
    this.lines.push(`${pod}|web|web|${ending}|${since}\n`);
    this.watch?.write(this.lines.at(-1));
  }

  dev(logs = true): Promise<void> {
    this.running = dev({ ...this.world, execute: this.execute }, 'development', { logs }, this.here);
    return this.running;
  }

  async end(): Promise<void> {
    this.world.interruption.abort();
    await this.running;
  }

  private readonly execute: Execute = async (program, args, options = {}) => {
    const words = args.filter((arg) => !/^--(context|namespace)=/.test(arg));
    if (words[0] === 'get' && words[1] === 'pods') return this.follow(options);
    if (words[0] === 'logs') return this.log(words[1] as string, options);
    if (words[0] === 'exec') return this.agent(words, options);
    return this.world.execute(program, args, options);
  };

  private follow({ output }: Options): Promise<Result> {
    this.watch = output;
    for (const line of this.lines) output?.write(line);
    return this.untilInterrupted();
  }

  private log(pod: string, { output }: Options): Promise<Result> {
    this.logs.set(pod, output);
    return this.untilInterrupted();
  }

  private async agent(words: string[], options: Options): Promise<Result> {
    const pod = words[2] as string;
    const folder = this.folders.get(pod);
    if (folder === undefined) return { code: 1, stdout: '', stderr: `pods "${pod}" not found` };
    // Without the port: there is no gunicorn here that could be waited for.
    const [script = '', ...told] = words.slice(words.indexOf('-c') + 1);
    this.told.push(told);
    const { child, ended } = runAgent(script, folder, options);
    this.agents.set(pod, child);
    return Promise.race([ended, this.untilInterrupted().finally(() => child.kill())]);
  }

  private untilInterrupted(): Promise<Result> {
    const { signal } = this.world;
    return new Promise((_, reject) => {
      if (signal.aborted) reject(new InterruptedError());
      signal.addEventListener('abort', () => reject(new InterruptedError()));
    });
  }
}
