import { PassThrough, Readable, Writable } from 'node:stream';
import { executor } from '../../../cli/cluster/execute';
import { CliError, InterruptedError } from '../../../cli/terminal/errors';
import { written } from '../written';

const execute = executor();
const sh = (script: string) => ['-c', script];

test('answers the exit code and both outputs', async () => {
  const result = await execute('sh', sh('echo out; echo err >&2; exit 3'));
  expect(result).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
});

test.each([
  ['text', 'secret'],
  ['a stream', Readable.from(['sec', 'ret'])],
])('%s goes to standard input', async (_, input) => {
  expect((await execute('cat', [], { input })).stdout).toBe('secret');
});

test('without input there is none: nothing waits for it', async () => {
  expect((await execute('cat', [])).stdout).toBe('');
});

test('a program that does not read its input is known by its exit code', async () => {
  expect((await execute('true', [], { input: 'x'.repeat(10_000_000) })).code).toBe(0);
});

test('output goes where it is asked to go', async () => {
  const output = new PassThrough();
  const { stdout } = await execute('echo', ['log'], { output });
  expect(stdout).toBe('');
  expect(written(output)).toBe('log\n');
});

test('a program whose output has no reader any more is ended: it would wait for ever', async () => {
  const full = new Writable({ write: (_, __, done) => done(new Error('no space left on device')) });
  full.on('error', () => {});
  expect((await execute('cat', ['/dev/zero'], { output: full })).code).not.toBe(0);
});

test('a program that is too slow is ended, and says so', async () => {
  const { code, stderr } = await execute('sleep', ['60'], { within: 0.2 });
  expect(code).not.toBe(0);
  expect(stderr).toBe('ended by SIGTERM after 0.2 s');
});

test('a helper that it leaves behind is not waited for then', async () => {
  const began = Date.now();
  const { stderr } = await execute('sh', sh('sleep 20 & exec sleep 60'), { within: 0.2 });
  expect(stderr).toBe('ended by SIGTERM after 0.2 s');
  expect(Date.now() - began).toBeLessThan(15_000);
});

test('a program that does not exist is a failure with a place to get it', async () => {
  const attempt = executor()('no-such-program', []);
  await expect(attempt).rejects.toBeInstanceOf(CliError);
  await expect(attempt).rejects.toMatchObject({ next: 'Install no-such-program' });
});

describe('after ctrl-C', () => {
  const interruption = () => {
    const controller = new AbortController();
    return { controller, execute: executor(controller.signal) };
  };

  test('a running program is ended', async () => {
    const { controller, execute } = interruption();
    const attempt = execute('sleep', ['60']);
    setTimeout(() => controller.abort(), 100);
    await expect(attempt).rejects.toBeInstanceOf(InterruptedError);
  });

  test('one whose own signal is aborted is ended, and no other', async () => {
    const one = new AbortController();
    const stopped = execute('sleep', ['60'], { signal: one.signal });
    const other = execute('sleep', ['0.3']);
    one.abort();
    await expect(stopped).rejects.toBeInstanceOf(InterruptedError);
    expect((await other).code).toBe(0);
    await expect(execute('true', [], { signal: one.signal })).rejects.toBeInstanceOf(InterruptedError);
  });

  test('one that does not obey is killed', async () => {
    const { controller, execute } = interruption();
    const output = new PassThrough();
    const attempt = execute('sh', sh('trap "" INT; echo ready; while :; do sleep 0.1; done'), { output });
    output.once('data', () => controller.abort());
    await expect(attempt).rejects.toBeInstanceOf(InterruptedError);
  });

  test('a helper that it leaves behind is not waited for', async () => {
    const { controller, execute } = interruption();
    const output = new PassThrough();
    const attempt = execute('sh', sh('sleep 20 & echo ready; exec sleep 60'), { output });
    output.once('data', () => controller.abort());
    const began = Date.now();
    await expect(attempt).rejects.toBeInstanceOf(InterruptedError);
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  test('no program is started any more, but for those that clean up', async () => {
    const { controller, execute } = interruption();
    controller.abort();
    await expect(execute('echo', ['x'])).rejects.toBeInstanceOf(InterruptedError);
    expect((await execute('echo', ['x'], { evenIfInterrupted: true })).stdout).toBe('x\n');
  });

  test('what cleans up is not in the group that a terminal interrupts', async () => {
    const group = (options: object) => execute('sh', sh('ps -o pgid= -p $$ || echo unknown'), options);
    const own = (await group({})).stdout.trim();
    if (own === 'unknown') return;
    expect((await group({ evenIfInterrupted: true })).stdout.trim()).not.toBe(own);
  });
});

test('default options that a user has set for kubectl do not count: --interactive would hang here', async () => {
  const { stdout } = await executor()('sh', ['-c', 'echo "$KUBERC, $HOME"']);
  expect(stdout.trim()).toBe(`off, ${process.env.HOME}`);
});
