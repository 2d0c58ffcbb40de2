
-- Metabase: its own database, which it owns. Django may read there.
\set metabase_password `cat /run/secrets/coped/metabase-password`
SELECT 'CREATE ROLE coped_metabase'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'coped_metabase') \gexec
ALTER ROLE coped_metabase WITH LOGIN PASSWORD :'metabase_password';
SELECT 'CREATE DATABASE metabase OWNER coped_metabase'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'metabase') \gexec
REVOKE ALL ON DATABASE metabase FROM PUBLIC;
GRANT CONNECT ON DATABASE metabase TO coped_application, coped_backup;

\connect metabase
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO coped_application;
-- Tables that are there, and tables that Metabase will make.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO coped_application;
ALTER DEFAULT PRIVILEGES FOR ROLE coped_metabase IN SCHEMA public
  GRANT SELECT ON TABLES TO coped_application;
