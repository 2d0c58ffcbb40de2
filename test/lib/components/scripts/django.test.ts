import { componentFile, FAILS_TWICE, program, run, useContainer } from './container';

useContainer();

const addresses = {
  SQL_HOST: 'postgres',
  SQL_PORT: '5432',
  ELASTIC_HOSTNAME: 'elasticsearch',
  ELASTIC_PORT: '9200',
};
/** As the components put them together. */
const start = (script: string) =>
  run(componentFile('django/wait-for.sh') + componentFile(`django/${script}.sh`), addresses);
/** Python, with a body for the tries to connect to a host. */
const python = (connects: Record<string, string>, others = '') =>
  program(
    'python',
    `case "$*" in ${Object.entries(connects)
      .map(([host, body]) => `*"2) ${host} "*) ${body};; `)
      .join('')}${others} esac`,
  );
const steps = (calls: string) => [...calls.matchAll(/manage\.py (\w+)/g)].map(([, step]) => step);

beforeEach(() => program('sleep', 'exit 0'));

describe('django', () => {
  test('wait-for-schema.sh lets the server start only when the schema is there', () => {
    python({}, `*migrate*) ${FAILS_TWICE};;`);
    const { status, output } = start('wait-for-schema');
    expect(status).toBe(0);
    expect(output.match(/run the migration/g)).toHaveLength(2);
  });

  test('wait-for-schema.sh says that it waits for PostgreSQL, and asks nothing of Django before', () => {
    python({ postgres: FAILS_TWICE });
    const { status, output, calls } = start('wait-for-schema');
    expect(status).toBe(0);
    expect(output).toContain('waiting for PostgreSQL at postgres:5432');
    expect(steps(calls)).toEqual(['migrate']);
  });

  test('wait-for-schema.sh does not wait where Django refuses its settings', () => {
    python({}, '*coped.settings*) echo "SQL_PASSWORD is refused" >&2; exit 1;;');
    const { status, output, calls } = start('wait-for-schema');
    expect(status).toBe(1);
    expect(output).toContain('SQL_PASSWORD is refused');
    expect(calls).not.toContain('migrate');
  });

  test('flush-and-migrate.sh does the steps in order, and repeats those whose role is made meanwhile', () => {
    python({}, `*flush*|*search_index*) ${FAILS_TWICE};;`);
    const { status, calls } = start('flush-and-migrate');
    expect(status).toBe(0);
    expect([...new Set(steps(calls))]).toEqual(['flush', 'migrate', 'loaddata', 'search_index']);
  });

  test.each([
    'migrate',
    'flush-and-migrate',
  ])('%s.sh says that it waits for Elasticsearch, after it has migrated', (script) => {
    python({ elasticsearch: FAILS_TWICE });
    const { status, output, calls } = start(script);
    expect(status).toBe(0);
    expect(output).toContain('waiting for Elasticsearch at elasticsearch:9200');
    const before = calls.slice(0, calls.indexOf('2) elasticsearch '));
    expect(steps(before)).toContain('migrate');
    expect(steps(before)).not.toContain('search_index');
    expect(steps(calls).at(-1)).toBe('search_index');
  });

  test('migrate.sh waits until the policies let it through', () => {
    python({ postgres: FAILS_TWICE });
    const { status, output, calls } = start('migrate');
    expect(status).toBe(0);
    expect(output).toContain('waiting for PostgreSQL at postgres:5432');
    expect(steps(calls)).toEqual(['migrate', 'search_index']);
  });

  test('migrate.sh migrates without Elasticsearch, then fails and says what is left to do', () => {
    python({ elasticsearch: 'exit 1' });
    const { status, output, calls } = start('migrate');
    expect(status).toBe(1);
    expect(steps(calls)).toEqual(['migrate']);
    expect(output).toContain('no answer from Elasticsearch at elasticsearch:9200');
    expect(output).toContain('The tables are migrated');
    expect(output.match(/waiting for Elasticsearch/g)).toHaveLength(6);
  });

  test('migrate.sh does not touch the index when the migration failed', () => {
    python({}, '*migrate*) exit 1;;');
    const { status, calls } = start('migrate');
    expect(status).not.toBe(0);
    expect(calls).not.toContain('search_index');
  });
});
