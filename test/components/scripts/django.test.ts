import { file } from '../../../lib/kubernetes/config-files';
import { FAILS_TWICE, program, run, useContainer } from './container';

useContainer();

describe('django', () => {
  test('wait-for-schema.sh lets the server start only when the schema is there', () => {
    program('sleep', 'exit 0');
    program('python', `case "$*" in *migrate*) ${FAILS_TWICE};; esac`);
    const { status, output } = run(file('django', 'wait-for-schema.sh'));
    expect(status).toBe(0);
    expect(output.match(/run the migration/g)).toHaveLength(2);
  });

  test('wait-for-schema.sh does not wait where Django refuses its settings', () => {
    program('python', 'case "$*" in *coped.settings*) echo "SQL_PASSWORD is refused" >&2; exit 1;; esac');
    const { status, output, calls } = run(file('django', 'wait-for-schema.sh'));
    expect(status).toBe(1);
    expect(output).toContain('SQL_PASSWORD is refused');
    expect(calls).not.toContain('migrate');
  });

  test('flush-and-migrate.sh waits for the database and for Elasticsearch, and does the steps in order', () => {
    program('sleep', 'exit 0');
    program('python', `case "$*" in *flush*|*search_index*) ${FAILS_TWICE};; esac`);
    const { status, calls } = run(file('django', 'flush-and-migrate.sh'));
    expect(status).toBe(0);
    const steps = calls.split('\n').flatMap((line) => /manage\.py (\w+)/.exec(line)?.[1] ?? []);
    expect([...new Set(steps)]).toEqual(['flush', 'migrate', 'loaddata', 'search_index']);
  });

  const addresses = {
    SQL_HOST: 'postgres',
    SQL_PORT: '5432',
    ELASTIC_HOSTNAME: 'elasticsearch',
    ELASTIC_PORT: '9200',
  };

  test('migrate.sh waits until the policies let it through, then migrates, then indexes', () => {
    program('sleep', 'exit 0');
    program('python', `case "$*" in *socket*) ${FAILS_TWICE};; esac`);
    const { status, calls } = run(file('django', 'migrate.sh'), addresses);
    expect(status).toBe(0);
    expect(calls.match(/import socket/g)).toHaveLength(4);
    expect(calls.match(/manage\.py \w+/g)).toEqual(['manage.py migrate', 'manage.py search_index']);
  });

  test('migrate.sh does not touch the index when the migration failed', () => {
    program('python', 'case "$*" in *migrate*) exit 1;; esac');
    const { status, calls } = run(file('django', 'migrate.sh'), addresses);
    expect(status).not.toBe(0);
    expect(calls).not.toContain('search_index');
  });
});
