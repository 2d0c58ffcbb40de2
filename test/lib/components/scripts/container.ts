import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The root of a container: scripts run in one; here they run in a folder, with stand-ins for the programs they call. */
export let root: string;

/** Gives each test of a file a root of its own. */
export function useContainer(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'coped-scripts-'));
    for (const folder of ['bin', 'run/secrets/coped', 'backup', 'bootstrap', 'tmp'])
      mkdirSync(join(root, folder), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true }));
}

/** A program that notes its arguments and standard input, then follows its script. */
export function program(name: string, body: string): void {
  const path = join(root, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "$0 $*" >>${root}/calls\n${body}\n`);
  chmodSync(path, 0o755);
}

export const secret = (name: string, value: string) =>
  writeFileSync(join(root, 'run/secrets/coped', name), value);

/** A script that another one calls. */
export const script = (path: string, text: string) => writeFileSync(join(root, path), inContainer(text));

/** Paths of the container, in the folder that plays it. */
const inContainer = (text: string): string =>
  text.replaceAll(
    /(?<!\w)\/(?=(run|backup|bootstrap|tmp|usr\/share|settings|config|credentials)\b)/g,
    `${root}/`,
  );

/** Runs a script with `root` in the place of the container's root. */
export const run = (text: string, env: Record<string, string> = {}, ...args: string[]) =>
  runIn('sh', text, env, ...args);

/** The same in another shell. */
export function runIn(shell: string, text: string, env: Record<string, string> = {}, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(shell, ['-euc', inContainer(text), 'script', ...args], {
    encoding: 'utf8',
    // Without SHLVL bash takes a socket, which Node gives it, for a login.
    env: { PATH: `${root}/bin:${process.env.PATH}`, SHLVL: '1', ...env },
    timeout: 240_000,
  });
  return { status, output: stdout + stderr, calls: calls() };
}

const calls = () => {
  try {
    return readFileSync(join(root, 'calls'), 'utf8');
  } catch {
    return '';
  }
};

/** Fails the first two times. */
export const FAILS_TWICE = 'n=$(cat $0.n 2>/dev/null || echo 0); echo $((n + 1)) >$0.n; [ "$n" -ge 2 ]';

/** The text of a script below lib/components. */
export const componentFile = (path: string): string =>
  readFileSync(join(__dirname, '..', '..', '..', '..', 'lib', 'components', path), 'utf8');
