#!/bin/sh
# Dumps the application's database, then that of Metabase.
set -eu
sh /script/backup.sh
# Status 3 ends the Job: another try would dump the application again, and delete an older dump for that.
PGDATABASE=metabase sh /script/backup.sh || exit 3
