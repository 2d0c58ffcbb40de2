import { program } from '../../cli/main';
import { fakeWorld } from './fake-world';

const commands = program(fakeWorld())
  .commands.map((command) => command.name())
  .filter((name) => name !== 'complete');

test.each(commands)('coped %s --help has a summary and examples that begin with it', async (name) => {
  const own = fakeWorld();
  expect(await own.coped(name, '--help')).toBe(0);
  const [, given = ''] = own.output().split('Examples:\n');
  const lines = given.split('\n').filter((line) => line.startsWith('  '));
  expect(lines.length).toBeGreaterThan(1);
  expect(given).toContain(`coped ${name}`);
  expect(own.errors()).toBe('');
});

test('unexpected errors are printed without a stack trace', async () => {
  const broken = fakeWorld(() => {
    throw new TypeError('x is not a function');
  });
  expect(await broken.coped('status', 'production')).toBe(1);
  expect(broken.errors()).toMatch(/✘ x is not a function\n.*docs\/troubleshooting.md/);
  expect(broken.errors()).not.toContain('    at ');
});

test('any failure after ctrl-C is an interruption', async () => {
  const interrupted = fakeWorld(() => {
    interrupted.interruption.abort();
    throw new Error('killed');
  });
  expect(await interrupted.coped('status', 'production')).toBe(130);
  expect(interrupted.errors()).not.toContain('killed');
});

test('--version', async () => {
  const own = fakeWorld();
  expect(await own.coped('--version')).toBe(0);
  expect(own.output()).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('`coped help <command>` is `coped <command> --help`, and `coped ps` is `coped status`', async () => {
  const [help, option, ps] = [fakeWorld(), fakeWorld(), fakeWorld()];
  expect(await help.coped('help', 'status')).toBe(0);
  await option.coped('status', '--help');
  await ps.coped('ps', '--help');
  expect(help.output()).toBe(option.output());
  expect(ps.output()).toBe(option.output());
});

test.each([
  ['', /Usage: coped/],
  ['deplyo production', /unknown command 'deplyo'\n\(Did you mean deploy\?\)/],
  ['deploy prodution', /'prodution' is invalid.*Did you mean production\?/],
  ['up devlopment', /Did you mean development\?/],
  ['deploy production --rolback', /unknown option '--rolback'\n\(Did you mean --rollback\?\)/],
  ['deploy xyz', /'xyz' is invalid for argument 'environment'\. Choose from/],
  ['status', /missing required argument 'environment'/],
  ['status production --context x', /"x" is not a context of production/],
])('coped %s: exit code 2, what is wrong, and nothing else', async (line, message) => {
  const own = fakeWorld();
  expect(await own.coped(...line.split(' ').filter(Boolean))).toBe(2);
  expect(own.errors()).toMatch(message);
  expect(own.errors()).not.toContain('    at ');
  expect(own.output()).toBe('');
});
