-- Makes COPED's roles and database, and sets the passwords. Safe to run again at any time: what exists
-- stays, what is missing is made, passwords and rights become what is written here.
\set ON_ERROR_STOP on
\set owner_password `cat /run/secrets/coped/owner-password`
\set application_password `cat /run/secrets/coped/application-password`
\set readonly_password `cat /run/secrets/coped/readonly-password`
\set backup_password `cat /run/secrets/coped/backup-password`

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

SELECT 'CREATE DATABASE coped OWNER coped_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'coped') \gexec

\set database coped
\i /bootstrap/rights.sql
