import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  componentFile,
  FAILS_TWICE,
  program,
  root,
  run,
  script as scriptAt,
  secret,
  useContainer,
} from './container';

useContainer();

describe('elasticsearch/bootstrap.sh', () => {
  const script = componentFile('elasticsearch/bootstrap.sh');
  const env = {
    ELASTICSEARCH_URL: 'http://elasticsearch:9200',
    APPLICATION_USER: 'coped_application',
    REQUIRE_REAL_SECRETS: '0',
  };
  beforeEach(() => {
    scriptAt('bootstrap/refuse-weak.sh', componentFile('refuse-weak.sh'));
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

  test('tries again where a busy node does not answer in time', () => {
    program('curl', `cat >/dev/null; case "$*" in *user*) ${FAILS_TWICE} || exit 28;; esac`);
    const { status, output, calls } = run(script, env);
    expect(status).toBe(0);
    expect(output.match(/no answer: _security\/user\/coped_application is tried again/g)).toHaveLength(2);
    expect(calls.match(/_security\/role\/coped_application/g)).toHaveLength(1);
  });

  test('fails, so that the Job tries again, when the role is refused', () => {
    program('curl', 'cat >/dev/null; case "$*" in *role*) exit 22;; esac');
    expect(run(script, env).status).not.toBe(0);
  });
});

describe('elasticsearch/prepare.sh', () => {
  const script = componentFile('elasticsearch/prepare.sh');
  const home = 'usr/share/elasticsearch';
  let password = '';
  beforeEach(() => {
    password = '5f0c1e7ab94d2836f1e0c7d9a8b34652';
  });
  const prepare = (pod: string, ...folders: string[]) => {
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
    scriptAt('settings/refuse-weak.sh', componentFile('refuse-weak.sh'));
    secret('superuser-password', password);
    const env = { FOUNDERS: 'elasticsearch-0,elasticsearch-1', POD_NAME: pod };
    const { status, output } = run(script, { ...env, REQUIRE_REAL_SECRETS: '1' });
    return { status, output, settings: readFileSync(join(root, 'config', 'elasticsearch.yml'), 'utf8') };
  };

  test('names the first masters on an empty disk, keeps the image’s files, and hides the password from the group', () => {
    const { status, settings } = prepare('elasticsearch-1');
    expect(status).toBe(0);
    expect(settings).toContain('cluster.initial_master_nodes: [elasticsearch-0,elasticsearch-1]');
    expect(readdirSync(join(root, 'config')).sort()).toEqual(['elasticsearch.yml', 'jvm.options']);
    expect(statSync(join(root, 'credentials', 'superuser-password')).mode & 0o777).toBe(0o400);
  });

  test('refuses a weak password before a new cluster learns it, and lets one with data start again', () => {
    password = 'fake-superuser';
    expect(prepare('elasticsearch-1')).toMatchObject({
      status: 1,
      output: expect.stringContaining(
        'Secret elasticsearch-superuser, key password: the value is a fake one',
      ),
    });
    expect(prepare('elasticsearch-1', `${home}/data/_state`).status).toBe(0);
  });

  test('a node that joins later founds nothing, even on an empty disk', () => {
    expect(prepare('elasticsearch-2').settings).not.toContain('initial_master_nodes');
  });

  test('never names them again on a disk that knows its cluster', () => {
    expect(prepare('elasticsearch-1', `${home}/data/_state`).settings).not.toContain('initial_master_nodes');
  });
});
