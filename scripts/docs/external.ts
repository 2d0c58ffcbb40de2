import { file } from '../../lib/kubernetes/config-files';

const FOLDER = `${__dirname}/../../lib/components/postgres`;

/** What differs where a person runs bootstrap.sql on a server of his own: passwords and names come from variables. */
const CHANGES: readonly (readonly [was: RegExp, is: string])[] = [
  [/^-- Makes COPED's roles[\s\S]*?ON_ERROR_STOP on$/m, ''],
  [/^\\set (owner|application|readonly|backup)_password `.*`$/gm, ''],
  [
    /'CREATE DATABASE coped OWNER coped_owner'/,
    "format('CREATE DATABASE %I OWNER coped_owner', :'database')",
  ],
  [/datname = 'coped'/, "datname = :'database'"],
  [/^\\set database coped$/m, ''],
  [/^\\i \/bootstrap\/rights\.sql$/m, ''],
];

const HEAD = `-- Made by \`npm run docs\` from bootstrap.sql and rights.sql in lib/components/postgres. Change those, not this file.
--
-- The roles, the database and the rights of COPED, for the administrator of a PostgreSQL server, version 14 or later. With psql,
-- version 15 or later, as a superuser, or as a role that has CREATEROLE, CREATEDB and pg_read_all_data WITH ADMIN OPTION:
--
--   OWNER_PASSWORD=… APPLICATION_PASSWORD=… READONLY_PASSWORD=… BACKUP_PASSWORD=… \\
--     psql --host=db.example.org --dbname=postgres --no-psqlrc --file=external-postgres.sql
--
-- Safe to run again at any time: what exists stays, passwords and rights become what is written here.
\\set ON_ERROR_STOP on
\\getenv owner_password OWNER_PASSWORD
\\getenv application_password APPLICATION_PASSWORD
\\getenv readonly_password READONLY_PASSWORD
\\getenv backup_password BACKUP_PASSWORD
\\set database coped
\\getenv database DATABASE
`;

/** Only who has a role may give it a database, or say what it gives to others. */
const MEMBER = '\n-- For the rest of this file.\nGRANT coped_owner TO CURRENT_USER;\n';
const NO_MEMBER = '\nREVOKE coped_owner FROM CURRENT_USER;\n';

/** @throws Error if bootstrap.sql is no longer what this was written for */
export function externalSql(): string {
  const sql = CHANGES.reduce(
    (text, [was, is]) => {
      if (text.search(was) === -1) throw new Error(`bootstrap.sql has nothing like ${was}`);
      return text.replace(was, is);
    },
    file(FOLDER, 'bootstrap.sql'),
  );
  const [roles = '', database = ''] = sql.split(/(?=^SELECT format\('CREATE DATABASE)/m);
  const text = `${HEAD}\n${roles}${MEMBER}\n${database}\n${file(FOLDER, 'rights.sql')}${NO_MEMBER}`;
  return text.replace(/\n{3,}/g, '\n\n');
}
