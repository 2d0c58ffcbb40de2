import { componentFile, FAILS_TWICE, program, run, script, secret, useContainer } from './container';

useContainer();

describe('postgres/bootstrap.sh', () => {
  test('waits for the server, then runs the statements with the password in the environment only', () => {
    program('sleep', 'exit 0');
    program('pg_isready', FAILS_TWICE);
    program('psql', 'echo "password $PGPASSWORD"');
    secret('superuser-password', 'top');
    script('bootstrap/refuse-weak.sh', componentFile('refuse-weak.sh'));
    const env = { PGHOST: 'postgres', REQUIRE_REAL_SECRETS: '0' };
    const { status, output, calls } = run(componentFile('postgres/bootstrap.sh'), env);
    expect(status).toBe(0);
    expect(output.match(/waiting for postgres/g)).toHaveLength(2);
    expect(output).toContain('password top');
    expect(calls).not.toContain('top');
  });
});
