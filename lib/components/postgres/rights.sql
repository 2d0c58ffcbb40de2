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
