import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseAnswers, probeScript } from '../e2e/network/probe-script';
import type { Target } from '../e2e/network/targets';

const target = (port: number, protocol: 'TCP' | 'UDP' = 'TCP'): Target => ({
  name: 'web',
  address: '10.0.0.1',
  port,
  protocol,
  kind: 'probe',
  peer: { address: '10.0.0.1' },
});

describe('run by a shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coped-probe-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const run = (targets: readonly Target[]) => {
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` };
    return parseAnswers(
      execFileSync('sh', { input: probeScript(targets.map((one) => [one, 3])), env, encoding: 'utf8' }),
      targets,
    );
  };

  // Only port 8000 of 10.0.0.1 is open; noise must not be taken for answers.
  program('nc', 'echo "0 connects"; [ "$1 $2 $3 $4 $5 $6" = "-w 3 10.0.0.1 8000 -e true" ]');
  program('timeout', '[ "$2 $5" = "nslookup 10.0.0.1" ]');

  test('each target gets its own answer, however many there are', () => {
    const ports = Array.from({ length: 230 }, (_, i) => (i % 7 === 0 ? 8000 : 1000 + i));
    expect(run(ports.map((port) => target(port)))).toEqual(ports.map((port) => port === 8000));
  });

  test('UDP is asked a question', () => {
    expect(run([target(53, 'UDP'), target(53)])).toEqual([true, false]);
  });
});

test('a target without an answer is not taken for a refused one', () => {
  expect(() => parseAnswers('0 connects\n', [target(1), target(2)])).toThrow('no word about web:2');
});
