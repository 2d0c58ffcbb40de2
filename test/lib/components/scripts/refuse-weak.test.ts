import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workloads } from '../../../../checker/manifests/workloads';
import { manifestsOf, named } from '../../../support';
import { componentFile, program, root, run, script, secret, useContainer } from './container';

useContainer();

const GOOD = '5f0c1e7ab94d2836f1e0c7d9a8b34652';
const text = componentFile('refuse-weak.sh');
const refuse = (value: string, env: Record<string, string> = { REQUIRE_REAL_SECRETS: '1' }) => {
  secret('owner-password', value);
  return run(text, env, 'postgres', 'owner');
};

test.each([GOOD, `${GOOD}\n`, 'k8Jw3nQ0xZrT5u$*', 'ключ-от-базы-данных'])("accepts '%s'", (value) => {
  expect(refuse(value)).toMatchObject({ status: 0, output: '' });
});

test.each([
  ['', 'is shorter than 16 characters'],
  ['\n', 'is shorter than 16 characters'],
  [GOOD.slice(0, 15), 'is shorter than 16 characters'],
  ['fake-owner-of-tables', 'is a fake one'],
  ['ZmFrZS1vd25lci1vZi10YWJsZXM=', 'is a fake one'],
  ['fake%2Downer%2Dof%2Dtables', 'is a fake one'],
  [`${GOOD} ${GOOD}`, 'has a blank or a line break in it'],
  [`${GOOD}\r\n`, 'has a blank or a line break in it'],
])("refuses '%s', names the Secret and its key, and does not repeat it", (value, wrong) => {
  const { status, output } = refuse(value);
  expect(status).toBe(1);
  expect(output).toContain(`Secret postgres-owner, key password: the value ${wrong}`);
  expect(output).toContain('docs/secrets.md');
  if (value.trim() !== '') expect(output).not.toContain(value.trim());
});

test('accepts everything on a laptop, and nothing weak where the environment is unknown', () => {
  expect(refuse('fake-owner', { REQUIRE_REAL_SECRETS: '0' }).status).toBe(0);
  expect(refuse('fake-owner', {}).status).toBe(1);
});

test('names every weak one at once', () => {
  secret('owner-password', 'short');
  secret('backup-password', GOOD);
  secret('readonly-password', 'fake-read-only-user');
  expect(
    run(text, {}, 'postgres', 'owner', 'backup', 'readonly').output.match(/refused: Secret \S+/g),
  ).toEqual(['refused: Secret postgres-owner,', 'refused: Secret postgres-readonly,']);
});

describe.each([
  ['postgres', ['superuser', 'owner', 'application', 'readonly', 'backup'], ['pg_isready', 'psql']],
  ['elasticsearch', ['superuser', 'application'], ['curl']],
])('%s/bootstrap.sh', (software, users, programs) => {
  test.each(users)('looks at the password of %s before it does anything', (weak) => {
    script('bootstrap/refuse-weak.sh', text);
    for (const name of programs) program(name, 'cat >/dev/null');
    for (const user of users) secret(`${user}-password`, user === weak ? 'fake-password' : GOOD);
    const { status, output, calls } = run(componentFile(`${software}/bootstrap.sh`), {
      ELASTICSEARCH_URL: '',
      PGHOST: '',
    });
    expect(status).toBe(1);
    expect(output).toContain(`refused: Secret ${software}-${weak}, key password`);
    expect(calls).toBe('');
  });
});

describe('PostgreSQL’s first start', () => {
  const start = () => {
    const [check] = workloads(manifestsOf(named('production')))
      .filter(({ name }) => name === 'StatefulSet/postgres')
      .flatMap(({ pod }) => pod.initContainers ?? []);
    secret('superuser-password', 'fake-superuser');
    const [, , command = '', , ...args] = check?.command ?? [];
    return run(command, { PGDATA: join(root, 'data') }, ...args);
  };

  test('is refused with a weak password', () => {
    expect(start()).toMatchObject({
      status: 1,
      output: expect.stringContaining('Secret postgres-superuser, key password'),
    });
  });

  test('a server with data starts again, whatever the Secret says now', () => {
    mkdirSync(join(root, 'data'));
    writeFileSync(join(root, 'data', 'PG_VERSION'), '17\n');
    expect(start().status).toBe(0);
  });
});

test('the files are those of the Secrets that messages name', () => {
  const pods = workloads(manifestsOf(named('production')));
  for (const { name, pod } of pods.filter(({ name }) => /postgres|elasticsearch/.test(name))) {
    const [, software] = /\/(postgres|elasticsearch)/.exec(name) ?? [];
    for (const { secret: source } of (pod.volumes ?? []).flatMap(
      (volume) => volume.projected?.sources ?? [],
    )) {
      const [{ key, path } = {}] = source?.items ?? [];
      if (key === 'password') expect(path).toBe(`${source?.name?.replace(`${software}-`, '')}-password`);
    }
  }
  expect(pods.length).toBeGreaterThan(5);
});
