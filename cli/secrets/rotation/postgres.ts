import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { withheldText } from '../../../checker/secrets/withhold';
import type { Environment } from '../../../lib/environments/environment';
import type { Result } from '../../cluster/execute';
import type { Kubectl } from '../../cluster/kubectl';
import { CliError } from '../../terminal/errors';
import { standardInput } from '../stored-secret';
import type { Server } from './server';

/** The first line of standard input is the password, the rest are statements. Over TCP, as clients come. */
const PSQL = `
IFS= read -r PGPASSWORD
export PGPASSWORD PGCONNECT_TIMEOUT=10
exec psql --host=127.0.0.1 --username="$1" --dbname=postgres --no-psqlrc --no-password --quiet \\
  --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse --output=/dev/null
`;

const REFUSED = /password authentication failed/;
/** The password was right: it is checked first. Only the superuser may connect to every database. */
const LET_IN = /permission denied for database/;

export function postgresServer(kubectl: Kubectl, environment: Environment): Server {
  const psql = (user: string, input: string) =>
    kubectl.attempt(
      ['exec', '--stdin', 'postgres-0', '--container=postgres', '--', 'sh', '-euc', PSQL, 'psql', user],
      { input },
    );
  return {
    async accepts(user, password) {
      const result = await psql(
        user,
        standardInput([password], (text) => `${text}\nSELECT 1;\n`),
      );
      if (result.code === 0 || LET_IN.test(result.stderr)) return true;
      if (REFUSED.test(result.stderr)) return false;
      throw failed(environment, result);
    },
    async change(user, to, superuser) {
      const input = standardInput(
        [superuser.password, to],
        (own, text) => `${own}\n${statement(user, text)}\n`,
      );
      const result = await psql(superuser.user, input);
      if (result.code !== 0) throw failed(environment, result);
    },
  };
}

/** The name is one of ours, and a verifier has no quotes. */
const statement = (user: string, password: string): string =>
  `ALTER ROLE ${user} PASSWORD '${scramVerifier(password)}';`;

const failed = ({ name }: Environment, { stderr }: Result): CliError =>
  new CliError(
    `PostgreSQL has failed: ${withheldText(stderr.trim().split('\n')[0] ?? '')}`,
    `See \`npx coped status ${name}\`; when PostgreSQL is ready, run it again: it continues where it stopped`,
  );

const ITERATIONS = 4096;

/**
 * What PostgreSQL stores of a password. Made here, so that the password itself is in no statement, and thus in no log of the
 * server either.
 * @see https://www.postgresql.org/docs/17/catalog-pg-authid.html, RFC 5802
 */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256');
  const hmac = (text: string) => createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest('base64');
  const serverKey = hmac('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
