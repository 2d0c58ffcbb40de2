import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { file } from '../../lib/kubernetes/config-files';

// The scripts run in containers; here they run with stand-ins for the programs they call.
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'coped-scripts-'));
  for (const folder of ['bin', 'run/secrets/coped', 'backup', 'tmp'])
    mkdirSync(join(root, folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** A program that notes its arguments and standard input, then does what it is told. */
function program(name: string, body: string): void {
  const path = join(root, 'bin', name);
  writeFileSync(path, `#!/bin/sh\necho "$0 $*" >>${root}/calls\n${body}\n`);
  chmodSync(path, 0o755);
}

const secret = (name: string, value: string) => writeFileSync(join(root, 'run/secrets/coped', name), value);

/** Runs a script with `root` in the place of the container's root. */
function run(script: string, env: Record<string, string> = {}) {
  const text = script.replaceAll(
    /(?<!\w)\/(?=(run|backup|tmp|usr\/share|settings|config|credentials)\b)/g,
    `${root}/`,
  );
  const { status, stdout, stderr } = spawnSync('sh', ['-euc', text], {
    encoding: 'utf8',
    env: { PATH: `${root}/bin:${process.env.PATH}`, ...env },
    timeout: 20_000,
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
const FAILS_TWICE = 'n=$(cat $0.n 2>/dev/null || echo 0); echo $((n + 1)) >$0.n; [ "$n" -ge 2 ]';

describe('elasticsearch/bootstrap.sh', () => {
  const script = file('elasticsearch', 'bootstrap.sh');
  const env = { ELASTICSEARCH_URL: 'http://elasticsearch:9200', APPLICATION_USER: 'coped_application' };
  beforeEach(() => {
    program('sleep', 'exit 0');
    secret('superuser-password', 'top');
    secret('application-password', 'with "quotes" and \\');
  });

  test('waits until the cluster answers, then makes the role and the user', () => {
    program('curl', `cat >>${root}/stdin; case "$*" in *health*) ${FAILS_TWICE};; esac`);
    const { status, output, calls } = run(script, env);
    expect(output.match(/waiting for http:\/\/elasticsearch:9200/g)).toHaveLength(2);
    expect(status).toBe(0);
    expect(calls.match(/PUT .*_security\/role\/coped_application/g)).toHaveLength(1);
    expect(calls.match(/PUT .*_security\/user\/coped_application/g)).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(root, 'tmp', 'user.json'), 'utf8'))).toEqual({
      password: 'with "quotes" and \\',
      roles: ['coped_application'],
    });
  });

  test('no password is ever an argument', () => {
    program('curl', `cat >>${root}/stdin`);
    expect(run(script, env).calls).not.toContain('top');
    expect(readFileSync(join(root, 'stdin'), 'utf8')).toContain('user = "elastic:top"');
  });

  test('fails, so that the Job tries again, when the role is refused', () => {
    program('curl', 'cat >/dev/null; case "$*" in *role*) exit 22;; esac');
    expect(run(script, env).status).not.toBe(0);
  });
});

describe('elasticsearch/prepare.sh', () => {
  const script = file('elasticsearch', 'prepare.sh');
  const home = 'usr/share/elasticsearch';
  const prepare = (...folders: string[]) => {
    for (const folder of [
      `${home}/config`,
      `${home}/data`,
      'settings',
      'config',
      'credentials',
      ...folders,
    ]) {
      mkdirSync(join(root, folder), { recursive: true });
    }
    writeFileSync(join(root, home, 'config', 'jvm.options'), '-Xlog\n');
    writeFileSync(join(root, 'settings', 'elasticsearch.yml'), 'cluster.name: coped\n');
    secret('superuser-password', 'top');
    const { status } = run(script, { INITIAL_MASTER_NODES: 'elasticsearch-0,elasticsearch-1' });
    return { status, settings: readFileSync(join(root, 'config', 'elasticsearch.yml'), 'utf8') };
  };

  test('names the first masters on an empty disk, keeps the image’s files, and hides the password from the group', () => {
    const { status, settings } = prepare();
    expect(status).toBe(0);
    expect(settings).toContain('cluster.initial_master_nodes: [elasticsearch-0,elasticsearch-1]');
    expect(readdirSync(join(root, 'config')).sort()).toEqual(['elasticsearch.yml', 'jvm.options']);
    expect(statSync(join(root, 'credentials', 'superuser-password')).mode & 0o777).toBe(0o400);
  });

  test('never names them again on a disk that knows its cluster', () => {
    expect(prepare(`${home}/data/_state`).settings).not.toContain('initial_master_nodes');
  });
});

describe('backup/backup.sh', () => {
  const script = file('backup', 'backup.sh');
  const env = { PGDATABASE: 'coped', KEEP: '2' };
  const dumps = () => readdirSync(join(root, 'backup')).sort();
  beforeEach(() => {
    secret('backup-password', 'top');
    program('pg_dump', 'for a; do case $a in --file=*) echo data >"$(echo $a | cut -d= -f2)";; esac; done');
    program('pg_restore', 'echo "1; TABLE DATA public projects"');
    for (const day of ['01', '02', '03'])
      writeFileSync(join(root, 'backup', `coped-202601${day}T000000Z.dump`), 'old');
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
});

describe('django', () => {
  test('wait-for-schema.sh lets the server start only when the schema is there', () => {
    program('sleep', 'exit 0');
    program('python', FAILS_TWICE);
    const { status, output } = run(file('django', 'wait-for-schema.sh'));
    expect(status).toBe(0);
    expect(output.match(/run the migration/g)).toHaveLength(2);
  });

  test('flush-and-migrate.sh waits for the database and for Elasticsearch, and does the steps in order', () => {
    program('sleep', 'exit 0');
    program('python', `case "$*" in *flush*|*search_index*) ${FAILS_TWICE};; esac`);
    const { status, calls } = run(file('django', 'flush-and-migrate.sh'));
    expect(status).toBe(0);
    const steps = calls.split('\n').flatMap((line) => /manage\.py (\w+)/.exec(line)?.[1] ?? []);
    expect([...new Set(steps)]).toEqual(['flush', 'migrate', 'loaddata', 'search_index']);
  });

  test('migrate.sh does not touch the index when the migration failed', () => {
    program('python', 'case "$*" in *migrate*) exit 1;; esac');
    const { status, calls } = run(file('django', 'migrate.sh'));
    expect(status).not.toBe(0);
    expect(calls).not.toContain('search_index');
  });
});

describe('postgres/bootstrap.sh', () => {
  test('waits for the server, then runs the statements with the password in the environment only', () => {
    program('sleep', 'exit 0');
    program('pg_isready', FAILS_TWICE);
    program('psql', 'echo "password $PGPASSWORD"');
    secret('superuser-password', 'top');
    const { status, output, calls } = run(file('postgres', 'bootstrap.sh'), { PGHOST: 'postgres' });
    expect(status).toBe(0);
    expect(output.match(/waiting for postgres/g)).toHaveLength(2);
    expect(output).toContain('password top');
    expect(calls).not.toContain('top');
  });
});
