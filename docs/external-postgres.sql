-- Made by `npm run docs` from bootstrap.sql and rights.sql in lib/components/postgres. Change those, not this file.
--
-- The roles, the database and the rights of COPED, for the administrator of a PostgreSQL server, version 14 or later. With psql,
-- version 15 or later, as a superuser, or as a role that has CREATEROLE, CREATEDB and pg_read_all_data WITH ADMIN OPTION:
--
--   OWNER_PASSWORD=… APPLICATION_PASSWORD=… READONLY_PASSWORD=… BACKUP_PASSWORD=… \
--     psql --host=db.example.org --dbname=postgres --no-psqlrc --file=external-postgres.sql
--
-- Safe to run again at any time: what exists stays, passwords and rights become what is written here.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv application_password APPLICATION_PASSWORD
\getenv readonly_password READONLY_PASSWORD
\getenv backup_password BACKUP_PASSWORD
\set database coped
\getenv database DATABASE

SELECT format('CREATE ROLE %I', role)
FROM unnest(ARRAY['coped_owner', 'coped_application', 'coped_readonly', 'coped_backup']) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec

-- Migrations: owns every table.
ALTER ROLE coped_owner WITH LOGIN PASSWORD :'owner_password';
-- web and api: rows, never tables.
ALTER ROLE coped_application WITH LOGIN PASSWORD :'application_password';
-- People with an SQL client: reading, and not for hours.
ALTER ROLE coped_readonly WITH LOGIN PASSWORD :'readonly_password';
ALTER ROLE coped_readonly SET default_transaction_read_only = on;
ALTER ROLE coped_readonly SET statement_timeout = '5min';
-- The nightly dump.
ALTER ROLE coped_backup WITH LOGIN PASSWORD :'backup_password';
GRANT pg_read_all_data TO coped_backup;

-- For the rest of this file.
GRANT coped_owner TO CURRENT_USER;

SELECT format('CREATE DATABASE %I OWNER coped_owner', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec

-- Who may do what in the database :database, which coped_owner owns. Safe to run again at any time. A restore runs it
-- too, on the database that it has just filled.
REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO coped_application, coped_readonly, coped_backup;

\connect :"database"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO coped_application, coped_readonly;

-- Tables that are there, and tables that migrations will make.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO coped_application;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO coped_application;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO coped_readonly;
ALTER DEFAULT PRIVILEGES FOR ROLE coped_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO coped_application;
ALTER DEFAULT PRIVILEGES FOR ROLE coped_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO coped_application;
ALTER DEFAULT PRIVILEGES FOR ROLE coped_owner IN SCHEMA public
  GRANT SELECT ON TABLES TO coped_readonly;

REVOKE coped_owner FROM CURRENT_USER;
