import { componentFile, FAILS_TWICE, program, run, useContainer } from './container';

useContainer();

const addresses = {
  SQL_HOST: 'postgres',
  SQL_PORT: '5432',
  ELASTIC_HOSTNAME: 'elasticsearch',
  ELASTIC_PORT: '9200',
};

/** Python's answer to arguments that match a pattern of the shell; a try to connect ends with `2) <host> <port>`. */
const connecting = (host: string, body: string) => `*"2) ${host} "*) ${body};;`;

test.each<[title: string, script: string, answers: string]>([
  ['waits for the schema', 'wait-for-schema', `*migrate*) ${FAILS_TWICE};;`],
  [
    'waits for PostgreSQL, and asks nothing of Django before',
    'wait-for-schema',
    connecting('postgres', FAILS_TWICE),
  ],
  [
    'does not wait where Django refuses its settings',
    'wait-for-schema',
    '*coped.settings*) echo "SQL_PASSWORD is refused" >&2; exit 1;;',
  ],
  [
    'does the steps in order, and repeats those whose role is made meanwhile',
    'flush-and-migrate',
    `*flush*|*search_index*) ${FAILS_TWICE};;`,
  ],
  [
    'waits for Elasticsearch after it has migrated',
    'flush-and-migrate',
    connecting('elasticsearch', FAILS_TWICE),
  ],
  ['waits for Elasticsearch after it has migrated', 'migrate', connecting('elasticsearch', FAILS_TWICE)],
  ['waits until the policies let it through', 'migrate', connecting('postgres', FAILS_TWICE)],
  ['migrates without Elasticsearch, then fails', 'migrate', connecting('elasticsearch', 'exit 1')],
  ['does not touch the index when the migration failed', 'migrate', '*migrate*) exit 1;;'],
])('%s: %s.sh', (_, script, answers) => {
  program('sleep', 'exit 0');
  program('python', `case "$*" in ${answers} esac`);
  // As the components put them together.
  const { status, output, calls } = run(
    componentFile('django/wait-for.sh') + componentFile(`django/${script}.sh`),
    addresses,
  );
  // What it prints, and the steps that it starts, in their order; tries to connect to a host are among them.
  const found = [...calls.matchAll(/manage\.py (\w+)|2\) (\w+) \d+/g)];
  const steps = found
    .map(([, step, host]) => step ?? `(${host})`)
    .filter((step, i, all) => step !== all[i - 1]);
  expect(`\n${output.trim()}\n${steps.join(' ')}\nexit code ${status}\n`).toMatchSnapshot();
});
