import type { Kubectl } from '../../../cli/cluster/kubectl';

/** Asks PostgreSQL as its superuser, from inside its own pod; the password stays there. */
export const askPostgres = async (kubectl: Kubectl, sql: string): Promise<string> =>
  (
    await kubectl.run(['exec', '--stdin', 'postgres-0', '--container=postgres', '--', 'bash', '-euc', PSQL], {
      input: sql,
    })
  ).trim();

const PSQL = `
PGPASSWORD=$(cat /run/secrets/coped/superuser-password)
export PGPASSWORD
exec psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --username=postgres coped
`;
