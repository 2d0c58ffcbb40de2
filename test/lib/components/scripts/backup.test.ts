import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { componentFile, FAILS_TWICE, program, root, run, secret, useContainer } from './container';

useContainer();

describe('backup/backup.sh', () => {
  const script = componentFile('backup/backup.sh');
  const env = { PGDATABASE: 'coped', KEEP: '2' };
  const dumps = () => readdirSync(join(root, 'backup')).sort();
  beforeEach(() => {
    secret('backup-password', 'top');
    program('pg_isready', 'exit 0');
    program('pg_dump', 'for a; do case $a in --file=*) echo data >"$(echo $a | cut -d= -f2)";; esac; done');
    program('pg_restore', 'echo "1; TABLE DATA public projects"');
    for (const day of ['01', '02', '03'])
      writeFileSync(join(root, 'backup', `coped-202601${day}T000000Z.dump`), 'old');
  });

  test('waits until the policies let it through, but not for ever', () => {
    program('sleep', 'exit 0');
    program('pg_isready', FAILS_TWICE);
    expect(run(script, env).status).toBe(0);
    program('pg_isready', 'exit 2');
    const { status, output } = run(script, { ...env, PGHOST: 'postgres' });
    expect(status).toBe(1);
    expect(output).toContain('no answer from postgres');
  });

  test('keeps the newest, the one just made among them', () => {
    const { status } = run(script, env);
    expect(status).toBe(0);
    expect(dumps()).toEqual([
      'coped-20260103T000000Z.dump',
      expect.stringMatching(/^coped-2\d{7}T\d{6}Z\.dump$/),
    ]);
  });

  test.each([
    ['the dump fails', () => program('pg_dump', 'exit 1')],
    ['the dump cannot be read', () => program('pg_restore', 'exit 1')],
    ['the dump is empty', () => program('pg_restore', 'exit 0')],
  ])('deletes nothing when %s', (_, broken) => {
    broken();
    const { status } = run(script, env);
    expect(status).not.toBe(0);
    expect(dumps().filter((name) => name.endsWith('.dump'))).toEqual(
      [1, 2, 3].map((day) => `coped-2026010${day}T000000Z.dump`),
    );
  });

  test('leaves nothing of a dump that failed, and takes no other dump for one', () => {
    const partial = (name: string, hours: number) => {
      const path = join(root, 'backup', `${name}.partial`);
      writeFileSync(path, 'half');
      const then = Date.now() / 1000 - hours * 3600;
      utimesSync(path, then, then);
    };
    partial('coped-killed.dump', 7);
    partial('coped-running.dump', 5);
    program(
      'pg_dump',
      'for a; do case $a in --file=*) echo half >"$(echo $a | cut -d= -f2)";; esac; done; exit 1',
    );
    expect(run(script, env).status).not.toBe(0);
    expect(dumps().filter((name) => name.endsWith('.partial'))).toEqual(['coped-running.dump.partial']);
  });
});
