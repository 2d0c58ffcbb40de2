import { PassThrough } from 'node:stream';
import { type Streams, Terminal } from '../../../cli/terminal';
import { InterruptedError } from '../../../cli/terminal/errors';

function terminal({ tty = false, output = tty }: { tty?: boolean; output?: boolean } = {}) {
  const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, columns: 60 });
  const streams = { input: stream(tty), output: stream(output), errors: stream(tty) };
  const told = (name: 'output' | 'errors') => String(streams[name].read() ?? '');
  return { terminal: new Terminal(streams as Streams), told, input: streams.input };
}

const ESCAPE = '\x1b';
const MOVES = new RegExp(`(\\r|\\n|${ESCAPE}\\[(?:\\d+A|J))`);

/** What a terminal shows in the end: it knows `\\r`, going up some lines, and emptying all below. */
function shown(text: string): string[] {
  const lines = [''];
  let row = 0;
  for (const part of text.split(MOVES)) {
    if (part === '\n') lines[++row] ??= '';
    else if (part.endsWith('A')) row -= Number.parseInt(part.slice(2), 10);
    else if (part.endsWith('J')) lines.splice(row, Number.POSITIVE_INFINITY, '');
    else if (part !== '\r') lines[row] += part;
  }
  return lines;
}

describe('without a terminal', () => {
  test('a step is plain lines: each news once, then the end with its time', async () => {
    const { terminal: plain, told } = terminal();
    const result = await plain.step('building', async (step) => {
      step.progress('layer 1');
      step.progress('layer 1');
      step.progress('layer 2');
      return 42;
    });
    expect(result).toBe(42);
    expect(told('errors')).toMatch(
      /^ {2}building: layer 1\n {2}building: layer 2\n✔ building \(\d+\.\d s\)\n$/,
    );
    expect(told('output')).toBe('');
  });

  test('a step that fails says so, and the error goes on', async () => {
    const { terminal: plain, told } = terminal();
    await expect(plain.step('building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(told('errors')).toMatch(/^✘ building/);
  });

  test('nothing is painted, and nobody is asked', () => {
    const { terminal: plain } = terminal();
    expect(plain.paint('red', 'x')).toBe('x');
    expect(plain.interactive).toBe(false);
  });

  test('results and remarks go different ways', () => {
    const { terminal: plain, told } = terminal();
    plain.print('result');
    plain.say('remark');
    expect([told('output'), told('errors')]).toEqual(['result\n', 'remark\n']);
  });
});

describe('on a terminal', () => {
  test('a step is one line that never grows wider than the window', async () => {
    const { terminal: live, told } = terminal({ tty: true });
    await live.step('building', async (step) => step.progress(`${'long '.repeat(40)}\nsecond line`));
    const drawn = told('errors').split('\r\x1b[J');
    expect(drawn.at(-1)).toMatch(/✔.*building \(/);
    for (const line of drawn.slice(0, -1)) expect(line.length).toBeLessThan(60);
    expect(drawn.slice(0, -1).join('')).not.toContain('\n');
  });

  test('steps that go on at once have a line each; one that ends, and a remark, stay above the others', async () => {
    const { terminal: live, told } = terminal({ tty: true });
    const ends: (() => void)[] = [];
    const step = (what: string) => live.step(what, () => new Promise<void>((resolve) => ends.push(resolve)));
    const steps = [step('one'), step('two'), step('three')];
    live.say('a remark');
    ends[1]?.();
    await steps[1];
    expect(shown(told('errors'))).toEqual([
      'a remark',
      expect.stringMatching(/✔.* two/),
      expect.stringMatching(/^… one/),
      expect.stringMatching(/^… three/),
    ]);
    for (const end of ends) end();
    await Promise.all(steps);
  });

  test('one that was stopped, because another failed, has not failed itself', async () => {
    const { terminal: live, told } = terminal({ tty: true });
    await live.step('building', () => Promise.reject(new InterruptedError())).catch(() => {});
    expect(shown(told('errors'))).toEqual([expect.stringMatching(/–.* building \(.*\), stopped$/), '']);
  });

  test('colours only where they are seen', () => {
    const { terminal: piped } = terminal({ tty: true, output: false });
    expect(piped.paint('red', 'x')).toBe('\x1b[31mx\x1b[0m');
    expect(piped.paint('red', 'x', 'output')).toBe('x');
  });

  test('a question is answered in one line', async () => {
    const { terminal: live, input } = terminal({ tty: true });
    input.write(' yes \n');
    expect(await live.ask('Really? ')).toBe('yes');
  });

  test('who interrupts a question has not answered it', async () => {
    const { terminal: live } = terminal({ tty: true });
    const interruption = new AbortController();
    const answer = live.ask('Really? ', interruption.signal);
    interruption.abort();
    await expect(answer).rejects.toThrow('Nothing was answered');
  });
});
