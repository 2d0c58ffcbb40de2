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
    for (const folder of ['bin', 'run/secrets/coped', 'backup', 'bootstrap', 'app', 'tmp'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'calls'), '');
  });
  afterEach(() => rmSync(root, { recursive: true }));
}

/** A program that notes its arguments and standard input, then follows its script. */
export function program(name: string, body: string): void {
  const path = join(root, 'bin', name);
  const start = `#!/bin/sh\nprintf '%s\\n' "$0 $*" >>${root}/calls\nfails_twice() { ${FAILS_TWICE}; }`;
  writeFileSync(path, `${start}\n${body}\n`);
  chmodSync(path, 0o755);
}

export const secret = (name: string, value: string) =>
  writeFileSync(join(root, 'run/secrets/coped', name), value);

/** Paths of the container, in the folder that plays it. */
export const inContainer = (text: string): string =>
  text.replaceAll(
    /(?<!\w)\/(?=(run|backup|bootstrap|script|app|tmp|usr\/share|settings|config|credentials)\b)/g,
    `${root}/`,
  );

/** Runs a script with `root` in the place of the container's root. */
export function runIn(shell: string, text: string, env: Record<string, string> = {}, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(shell, ['-euc', inContainer(text), 'script', ...args], {
    encoding: 'utf8',
    // Without SHLVL bash takes a socket, which Node gives it, for a login.
    env: { PATH: `${root}/bin:${process.env.PATH}`, SHLVL: '1', ...env },
    timeout: 240_000,
  });
  return { status, output: stdout + stderr, calls: readFileSync(join(root, 'calls'), 'utf8') };
}

/** Fails the first two times. */
export const FAILS_TWICE = 'n=$(cat $0.n 2>/dev/null || echo 0); echo $((n + 1)) >$0.n; [ "$n" -ge 2 ]';
