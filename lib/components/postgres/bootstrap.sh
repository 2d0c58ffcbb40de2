#!/bin/sh
# Waits for the server, however long its first start takes, then runs bootstrap.sql as the superuser.
set -eu
trap 'exit 143' TERM

sh /bootstrap/refuse-weak.sh postgres superuser owner application readonly backup
until pg_isready --quiet; do
  echo "waiting for $PGHOST"
  sleep 2 &
  wait $!
done
# libpq refuses a password file that the group may read, and Kubernetes makes secret files group-readable.
PGPASSWORD=$(cat /run/secrets/coped/superuser-password)
export PGPASSWORD
psql --no-psqlrc --quiet --file=/bootstrap/bootstrap.sql
echo "database and roles are as bootstrap.sql says"
