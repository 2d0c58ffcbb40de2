import type { Options, Result } from './execute';
import type { Kubectl } from './kubectl';

/** Runs commands in a pod that is up. */
export class PodShell {
  constructor(
    private readonly kubectl: Kubectl,
    readonly pod: string,
    /** How a program is started there, where not as it is. */
    private readonly starts = (command: readonly string[]): readonly string[] => command,
  ) {}

  /** The result of a command, failed or not. It reads standard input if there is any. */
  attempt(command: readonly string[], options: Options = {}): Promise<Result> {
    const stdin = options.input === undefined ? [] : ['--stdin'];
    return this.kubectl.attempt(['exec', ...stdin, this.pod, '--', ...this.starts(command)], options);
  }

  /** Standard output of a command that must succeed. */
  async run(command: readonly string[], options: Options = {}): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(command, options);
    if (code !== 0) throw new Error(complaint(stderr || stdout));
    return stdout;
  }

  /** The same, of a shell script and its arguments. */
  script(text: string, args: readonly string[] = [], options: Options = {}): Promise<string> {
    return this.run(['bash', '-euc', text, 'script', ...args], options);
  }
}

/** What a program said when it failed: each thing once, and without what kubectl adds. */
export const complaint = (text: string): string => [...new Set(text.split('\n').filter(isItsOwn))].join('\n');

const isItsOwn = (line: string): boolean =>
  line.trim() !== '' && !/^(command terminated with exit code|Defaulted container)/.test(line);
