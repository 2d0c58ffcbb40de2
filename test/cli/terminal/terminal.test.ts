import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'yaml';
import { type Streams, Terminal } from '../../../cli/terminal';
import { InterruptedError } from '../../../cli/terminal/errors';
import { written } from '../written';

function terminal({ tty = false, output = tty }: { tty?: boolean; output?: boolean } = {}, colours = true) {
  const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, columns: 60 });
  const streams = { input: stream(tty), output: stream(output), errors: stream(tty) };
  return {
    terminal: new Terminal(streams as Streams, colours),
    written: (name: 'output' | 'errors') => written(streams[name]),
    input: streams.input,
  };
}

const ESCAPE = '\x1b';
const MOVES = new RegExp(`(\\r|\\n|${ESCAPE}\\[(?:\\d+A|J))`);

/** What a terminal shows in the end: it interprets `\\r`, cursor up, and clear below. */
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
  test('a step is plain lines: each progress once, then the end with its time', async () => {
    const { terminal: plain, written } = terminal();
    const result = await plain.step('building', async (step) => {
      step.progress('layer 1');
      step.progress('layer 1');
      step.progress('layer 2');
      return 42;
    });
    expect(result).toBe(42);
    expect(written('errors')).toMatch(
      /^ {2}building: layer 1\n {2}building: layer 2\n✔ building \(\d+\.\d s\)\n$/,
    );
    expect(written('output')).toBe('');
  });

  test('a step that fails is marked, and the error is rethrown', async () => {
    const { terminal: plain, written } = terminal();
    await expect(plain.step('building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(written('errors')).toMatch(/^✘ building/);
  });

  test('no colours, and no questions', () => {
    const { terminal: plain } = terminal();
    expect(plain.paint('red', 'x')).toBe('x');
    expect(plain.interactive).toBe(false);
  });

  test('results go to standard output, remarks to standard error', () => {
    const { terminal: plain, written } = terminal();
    plain.print('result');
    plain.say('remark');
    expect([written('output'), written('errors')]).toEqual(['result\n', 'remark\n']);
  });
});

describe('on a terminal', () => {
  test('a step is one line, cut to the width of the window', async () => {
    const { terminal: live, written } = terminal({ tty: true });
    await live.step('building', async (step) => step.progress(`${'long '.repeat(40)}\nsecond line`));
    const drawn = written('errors').split('\r\x1b[J');
    expect(drawn.at(-1)).toMatch(/✔.*building \(/);
    for (const line of drawn.slice(0, -1)) expect(line.length).toBeLessThan(60);
    expect(drawn.slice(0, -1).join('')).not.toContain('\n');
  });

  test('parallel steps have a line each; finished ones and remarks stay above', async () => {
    const { terminal: live, written } = terminal({ tty: true });
    const ends: (() => void)[] = [];
    const step = (what: string) => live.step(what, () => new Promise<void>((resolve) => ends.push(resolve)));
    const steps = [step('one'), step('two'), step('three')];
    live.say('a remark');
    ends[1]?.();
    await steps[1];
    expect(shown(written('errors'))).toEqual([
      'a remark',
      expect.stringMatching(/✔.* two/),
      expect.stringMatching(/^… one/),
      expect.stringMatching(/^… three/),
    ]);
    for (const end of ends) end();
    await Promise.all(steps);
  });

  test('a step that was stopped is not marked as failed', async () => {
    const { terminal: live, written } = terminal({ tty: true });
    await live.step('building', () => Promise.reject(new InterruptedError())).catch(() => {});
    expect(shown(written('errors'))).toEqual([expect.stringMatching(/–.* building \(.*\), stopped$/), '']);
  });

  test('colours only on a terminal', () => {
    const { terminal: piped, written } = terminal({ tty: true, output: false });
    piped.say(piped.paint('red', 'x'));
    piped.print(piped.paint('red', 'x', 'output'));
    expect([written('errors'), written('output')]).toEqual(['\x1b[31mx\x1b[0m\n', 'x\n']);
  });

  test('the answer to a question is one line', async () => {
    const { terminal: live, input } = terminal({ tty: true });
    input.write(' yes \n');
    expect(await live.ask('Really? ')).toBe('yes');
  });

  test('an interrupted question is not answered', async () => {
    const { terminal: live } = terminal({ tty: true });
    const interruption = new AbortController();
    const answer = live.ask('Really? ', interruption.signal);
    interruption.abort();
    await expect(answer).rejects.toThrow('Nothing was answered');
  });
});

describe('what comes from a cluster, a program or a file', () => {
  const hostile: object = parse(readFileSync(join(__dirname, 'hostile.yaml'), 'utf8'));
  const OBEYED = /[^\P{C}\n\t]|[\u115f\u2028\u2029]/u;
  const ways = {
    print: (to: Terminal, text: string) => to.print(text),
    say: (to: Terminal, text: string) => to.say(text),
    'a step': (to: Terminal, text: string) => to.step(text, async () => {}),
    progress: (to: Terminal, text: string) => to.step('x', async (step) => step.progress(text)),
    detail: (to: Terminal, text: string) => to.step('x', async (step) => step.detail(text)),
    'a question': (to: Terminal, text: string) => to.ask(text, AbortSignal.timeout(1)).catch(() => {}),
    'a log': (to: Terminal, text: string) => {
      const log = to.log();
      for (const byte of Buffer.from(text)) log.write(Buffer.from([byte]));
    },
  };
  const each = Object.entries(ways).flatMap(([way, show]) =>
    Object.entries(hostile).map(([what, text]) => [what, way, text, show] as const),
  );

  test.each(each)('%s cannot come through %s', async (_, way, text, show) => {
    for (const tty of [false, true]) {
      const { terminal: one, written } = terminal({ tty }, false);
      await show(one, `a${text}b`);
      // Without the movements of live lines, and those that readline makes for a question.
      const moves = RegExp(way === 'a question' ? `\r|${ESCAPE}\\[\\d*[GJ]` : `\r${ESCAPE}\\[J`, 'g');
      expect((written('output') + written('errors')).replace(moves, '')).not.toMatch(OBEYED);
    }
  });

  test('keeps its lines and columns, loses its colours, and shows the rest as JSON does', () => {
    const { terminal: plain, written } = terminal();
    plain.print('a\tb\r\n\x1b[1;31mred\x1b[0m \x1b[2J é 漢 👍 ⚠️');
    plain.print(JSON.stringify({ x: '\u009b\u{e0041}' }));
    const [lines, json] = written('output').split('\n{');
    expect(lines).toBe('a\tb\nred \\u001b[2J é 漢 👍 ⚠️');
    expect(JSON.parse(`{${json}`)).toEqual({ x: '\u009b\u{e0041}' });
  });

  test('a log comes at once, and in whatever pieces', () => {
    const { terminal: plain, written } = terminal();
    const log = plain.log();
    const read = [...Buffer.from('\x1b[31mé\x1b[0m\r\n👍')].map((byte) => {
      log.write(Buffer.from([byte]));
      return written('output');
    });
    expect(read.filter(Boolean)).toEqual(['é', '\n', '👍']);
  });

  test('a log knows when no one reads any more', async () => {
    const output = new PassThrough();
    const log = new Terminal({ input: output, output, errors: output }).log();
    output.destroy();
    await new Promise((resolve) => log.once('close', resolve));
  });
});
