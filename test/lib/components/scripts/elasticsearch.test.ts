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

  test.each([
    ['waits until the cluster answers, then makes the role and the user', `*health*) ${FAILS_TWICE};;`],
    ['tries again where a busy node does not answer in time', `*user*) ${FAILS_TWICE} || exit 28;;`],
    ['fails, so that the Job tries again, when the role is refused', '*role*) exit 22;;'],
  ])('%s; no password is an argument', (_, answers) => {
    scriptAt('bootstrap/refuse-weak.sh', componentFile('refuse-weak.sh'));
    program('sleep', 'exit 0');
    program('curl', `cat >>${root}/stdin; case "$*" in ${answers} esac`);
    secret('superuser-password', 'top');
    secret('application-password', 'with "quotes" and \\');
    const { status, output, calls } = run(script, env);
    const asked = [...calls.matchAll(/http:\/\/elasticsearch:9200\/(\S+)/g)].map(([, path]) => path);
    expect(`\n${output.trim()}\n${asked.join('\n')}\nexit code ${status}\n`).toMatchSnapshot();
    expect(calls).not.toMatch(/top|quotes/);
    expect(readFileSync(join(root, 'stdin'), 'utf8')).toContain('user = "elastic:top"');
    if (status !== 0) return;
    expect(JSON.parse(readFileSync(join(root, 'tmp', 'user.json'), 'utf8'))).toEqual({
      password: 'with "quotes" and \\',
      roles: ['coped_application'],
    });
  });
});

describe('elasticsearch/prepare.sh', () => {
  const script = componentFile('elasticsearch/prepare.sh');
  const home = 'usr/share/elasticsearch';
  const STRONG = '5f0c1e7ab94d2836f1e0c7d9a8b34652';
  const USED = `${home}/data/_state`;

  const prepare = (pod: string, password = STRONG, ...used: string[]) => {
    const folders = [`${home}/config`, `${home}/data`, 'settings', 'config', 'credentials', ...used];
    for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, home, 'config', 'jvm.options'), '-Xlog\n');
    writeFileSync(join(root, 'settings', 'elasticsearch.yml'), 'cluster.name: coped\n');
    scriptAt('settings/refuse-weak.sh', componentFile('refuse-weak.sh'));
    secret('superuser-password', password);
    const env = { INITIAL_MASTER_NODES: 'elasticsearch-0,elasticsearch-1', POD_NAME: pod };
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
    const weak = 'Secret elasticsearch-superuser, key password: the value is a fake one';
    const refused = { status: 1, output: expect.stringContaining(weak) };
    expect(prepare('elasticsearch-1', 'fake-superuser')).toMatchObject(refused);
    expect(prepare('elasticsearch-1', 'fake-superuser', USED).status).toBe(0);
  });

  test('names no master on a node that joins later, nor on a disk that knows its cluster', () => {
    expect(prepare('elasticsearch-2').settings).not.toContain('initial_master_nodes');
    expect(prepare('elasticsearch-1', STRONG, USED).settings).not.toContain('initial_master_nodes');
  });
});
