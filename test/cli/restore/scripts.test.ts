import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillScript, reachedScript, swapScript } from '../../../cli/restore/scripts/scripts';
import {
  FAILS_TWICE,
  program,
  root,
  runIn,
  secret,
  useContainer,
} from '../../lib/components/scripts/container';
import { sha256 } from '../backup/fake-claim';

useContainer();

beforeEach(() => {
  secret('superuser-password', 'super');
  secret('owner-password', 'own');
});

test('reached.sh asks until the server answers', () => {
  program('pg_isready', FAILS_TWICE);
  const { status, calls } = runIn('bash', reachedScript());
  expect(status).toBe(0);
  expect(calls.match(/pg_isready/g)).toHaveLength(3);
});

describe('fill.sh', () => {
  const SQL = `
CREATE TABLE public.project (id bigint);
COPY public.project (id, title) FROM stdin;
1\tCOPY public.trap (id) FROM stdin;
2\t\\\\.
\\.

COPY public."User (old)" (id) FROM stdin;
\\.

COPY "Odd.schema".t  FROM stdin;
1
\\.
`;
  const fill = () => {
    writeFileSync(join(root, 'backup', 'x.dump'), 'dump');
    return runIn('bash', fillScript(), {}, 'fresh', `${root}/backup/x.dump`);
  };

  test('counts the rows of each table of the dump on their way into the database', () => {
    program('pg_restore', `cat <<'END'\n${SQL}\nEND`);
    program('psql', `cat >${root}/received`);
    const { status, output, calls } = fill();
    expect(status).toBe(0);
    const rows = output.trim().split('\n').sort();
    expect(rows).toEqual([
      '0 public."User (old)"',
      '1 "Odd.schema".t',
      '2 public.project',
      `sha256 ${sha256('dump')}`,
    ]);
    expect(calls).toMatch(/psql .*--username=coped_owner --dbname=fresh/);
  });

  test('takes the password of the owner of the tables, and shows it nowhere', () => {
    program('pg_restore', 'exit 0');
    program('psql', '[ "$PGPASSWORD" = own ]');
    const { status, calls, output } = fill();
    expect(status).toBe(0);
    expect(calls + output).not.toMatch(/\bown\b/);
  });

  test.each([
    ['the dump breaks off', () => program('pg_restore', `printf 'BEGIN;'; echo "end of file" >&2; exit 1`)],
    ['PostgreSQL refuses it', () => program('psql', 'cat >/dev/null; echo "permission denied" >&2; exit 3')],
  ])('fails when %s', (_, broken) => {
    program('pg_restore', 'cat >/dev/null; echo "SELECT 1;"');
    program('psql', 'cat >/dev/null');
    broken();
    const { status, output } = fill();
    expect(status).not.toBe(0);
    expect(output).toMatch(/end of file|permission denied/);
  });
});

describe('swap.sh', () => {
  const swap = () => runIn('bash', swapScript(), {}, 'coped', 'coped_before_x', 'coped_restoring_x');

  test('renames both in one transaction, and ends sessions that are idle while it waits', () => {
    program('psql', 'case $* in *BEGIN*) sleep 0.5; exec >/dev/null;; esac');
    const { status, calls } = swap();
    expect(status).toBe(0);
    expect(calls).toMatch(
      /BEGIN;\s+ALTER DATABASE "coped" RENAME TO "coped_before_x";\s+ALTER DATABASE "coped_restoring_x" RENAME TO "coped";\s+COMMIT/,
    );
    const ended = calls.match(/pg_terminate_backend.*/g) ?? [];
    expect(ended.length).toBeGreaterThan(1);
    // One in the middle of a request would fail it.
    expect(ended.filter((call) => !call.includes("state = 'idle'"))).toEqual([]);
  });

  test('where sessions are never idle, ends them all the same', () => {
    program('psql', `case $* in *BEGIN*) sleep 0.3; ${FAILS_TWICE};; esac`);
    const { status, calls } = swap();
    expect(status).toBe(0);
    expect(calls).toMatch(/pg_terminate_backend\(pid\) FROM pg_stat_activity WHERE [^=]* AND true/);
  });

  test('fails when the renames do', () => {
    program('psql', 'case $* in *BEGIN*) echo "being accessed by other users" >&2; exit 1;; esac');
    expect(swap()).toMatchObject({ status: 1, output: expect.stringContaining('other users') });
  });
});
