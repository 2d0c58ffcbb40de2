# Fills a new database `metabase` from the dump on standard input, in the pod of PostgreSQL; the old one is kept as `metabase_before`.
set -eu
PGPASSWORD=$(cat /run/secrets/coped/superuser-password)
export PGPASSWORD PGUSER=postgres PGHOST=127.0.0.1
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --output=/dev/null \
  --command="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'metabase'" \
  --command="ALTER DATABASE metabase RENAME TO metabase_before" \
  --command="CREATE DATABASE metabase OWNER coped_metabase TEMPLATE template0" \
  --command="REVOKE ALL ON DATABASE metabase FROM PUBLIC" \
  --command="GRANT CONNECT ON DATABASE metabase TO coped_application, coped_backup"
# What Django may read is in the dump.
pg_restore --exit-on-error --no-owner --role=coped_metabase --dbname=metabase
