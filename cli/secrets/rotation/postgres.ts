import { withheldText } from '../../../checker/secrets/withhold';
import type { Result } from '../../cluster/execute';
import type { Kubectl } from '../../cluster/kubectl';
import { CliError } from '../../terminal/errors';
import { standardInput } from '../standard-input';
import { scramVerifier } from './scram';
import type { Server } from './server';

/** The first line of standard input is the password, the rest are statements. Over TCP, as clients come. */
const PSQL = `
IFS= read -r PGPASSWORD
export PGPASSWORD PGCONNECT_TIMEOUT=10
exec psql --host=127.0.0.1 --username="$1" --dbname=postgres --no-psqlrc --no-password --quiet \\
  --set=ON_ERROR_STOP=1 --set=VERBOSITY=terse --output=/dev/null
`;

const REFUSED = /password authentication failed/;
/** The password was right: it is asked for first. Only the superuser may connect to every database. */
const LET_IN = /permission denied for database/;

export function postgresServer(kubectl: Kubectl): Server {
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
      throw unanswered(result);
    },
    async change(user, to, superuser) {
      const input = standardInput(
        [superuser.password, to],
        (own, text) => `${own}\n${statement(user, text)}\n`,
      );
      const result = await psql(superuser.user, input);
      if (result.code !== 0) throw unanswered(result);
    },
  };
}

/** The name is one of ours, and a verifier has no quotes. */
const statement = (user: string, password: string): string =>
  `ALTER ROLE ${user} PASSWORD '${scramVerifier(password)}';`;

const unanswered = ({ stderr }: Result): CliError =>
  new CliError(
    `PostgreSQL does not do it: ${withheldText(stderr.trim().split('\n')[0] ?? '')}`,
    'See `npx coped status`; when PostgreSQL answers, run it again: it takes up where it stopped',
  );
