import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

// The real process, with a `kubectl` that is a script: what only a process can show.

const COPED = join(__dirname, '..', '..', 'cli', 'coped.js');

const CONFIG = {
  contexts: [{ name: 'coped-production', context: { cluster: 'c' } }],
  clusters: [{ name: 'c', cluster: { server: 'https://production.example.org' } }],
};
const WEB = {
  spec: { template: { metadata: { labels: {} }, spec: { containers: [{ name: 'web', image: 'i:1' }] } } },
};

/** Answers what `coped manage` asks; the command itself goes on until it is ended. */
const KUBECTL = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >>"$here/calls"
case "$*" in
  "config view"*) cat "$here/config" ;;
  *"get namespace "*) ;;
  *"get"*"deployment web") cat "$here/web" ;;
  *"get"*"cronjob migrate") ;;
  *"create --filename=-") cat >"$here/pod" ;;
  *"get"*" pod "*) echo '{"status":{"phase":"Running"}}' ;;
  *"exec "*"python -c"*) ;;
  *"exec "*"manage.py"*) echo $$ >"$here/child"; exec sleep 100 ;;
  *"delete pod"*) echo gone >"$here/deleted" ;;
  *) echo "fake kubectl: $*" >&2; exit 9 ;;
esac
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'coped-process-'));
  writeFileSync(join(folder, 'kubectl'), KUBECTL);
  chmodSync(join(folder, 'kubectl'), 0o755);
  writeFileSync(join(folder, 'config'), JSON.stringify(CONFIG));
  writeFileSync(join(folder, 'web'), JSON.stringify(WEB));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);

function start(...words: string[]) {
  const child = spawn(process.execPath, [COPED, ...words], {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
  });
  const said = { output: '', errors: '' };
  over = undefined;
  child.on('exit', (code) => {
    over = `coped ended with ${code}: ${said.errors}`;
  });
  child.stdout.on('data', (data) => (said.output += data));
  child.stderr.on('data', (data) => (said.errors += data));
  return { child, said, ended: ended(child) };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', (code) => resolve(code)));

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** What a process that has ended said last. */
let over: string | undefined;
const appears = async (name: string): Promise<string> => {
  while (!existsSync(file(name)) || readFileSync(file(name), 'utf8') === '') {
    if (over !== undefined && name === 'child') throw new Error(over);
    await pause(20);
  }
  return readFileSync(file(name), 'utf8');
};

const MANAGE = ['manage', 'production', '--', 'shell'];

test.each([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
] as const)('%s ends what runs, cleans up, and exits with 130', async (signal) => {
  const { child, said, ended } = start(...MANAGE);
  const pid = Number(await appears('child'));
  expect(lives(pid)).toBe(true);
  child.kill(signal);
  expect(await ended).toBe(130);
  expect(lives(pid)).toBe(false);
  expect(existsSync(file('deleted'))).toBe(true);
  expect(said.errors).toContain('Interrupted');
  expect(said.errors).not.toContain('    at ');
});

test('a helper that a program has left behind does not hold the process', async () => {
  const hanging = '"config view"*) sleep 60 & echo $! >"$here/helper"; exec sleep 60 ;;';
  writeFileSync(file('kubectl'), KUBECTL.replace('"config view"*) cat "$here/config" ;;', hanging));
  const { child, ended } = start(...MANAGE);
  const helper = Number(await appears('helper'));
  const began = Date.now();
  child.kill('SIGINT');
  const exited = new Promise((resolve) => child.on('exit', resolve));
  expect(await exited).toBe(130);
  expect(Date.now() - began).toBeLessThan(30_000);
  process.kill(helper);
  await ended;
});

test('a second ctrl-C does not wait for what is being cleaned up', async () => {
  writeFileSync(file('kubectl'), KUBECTL.replace('echo gone', 'sleep 1; echo gone'));
  const { child, ended } = start(...MANAGE);
  await appears('child');
  child.kill('SIGINT');
  while (!readFileSync(file('calls'), 'utf8').includes('delete pod')) await pause(20);
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(existsSync(file('deleted'))).toBe(false);
  // It is cleaned up all the same: ctrl-C does not reach that.
  await appears('deleted');
});

test('a mistake in what is typed ends the process with 2', async () => {
  const { said, ended } = start('status', 'prod');
  expect(await ended).toBe(2);
  expect(said.errors).toMatch(/'prod' is invalid.*Did you mean production\?/);
  expect(said.errors).not.toContain('    at ');
  expect(said.output).toBe('');
});

test('a reader that goes away is no mistake', async () => {
  const { child, said, ended } = start('manage', '--help');
  child.stdout.destroy();
  expect(await ended).toBe(0);
  expect(said.errors).toBe('');
});

test('no kubectl: says so, and where it comes from', async () => {
  rmSync(file('kubectl'));
  const child = spawn(process.execPath, [COPED, 'status', 'production'], { env: { PATH: folder } });
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  const began = Date.now();
  expect(await ended(child)).toBe(1);
  // No timer of what could not be started holds it up.
  expect(Date.now() - began).toBeLessThan(60_000);
  expect(errors).toMatch(/kubectl cannot be run[\s\S]*Install it: https:\/\/kubernetes.io/);
  expect(errors).not.toContain('    at ');
});

test('a cluster that does not answer: one line, no stack trace', async () => {
  writeFileSync(
    file('kubectl'),
    KUBECTL.replace('*"create --filename=-") ', '*"create"*) echo "no route to host" >&2; exit 1; '),
  );
  const { said, ended } = start(...MANAGE);
  expect(await ended).toBe(1);
  expect(said.errors).toMatch(/✘ .*no route to host/);
  expect(said.errors).not.toContain('    at ');
});
