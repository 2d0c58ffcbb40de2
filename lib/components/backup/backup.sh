#!/bin/sh
# Dumps the database, checks the dump, and only then deletes older ones. A failed night deletes nothing.
set -eu
trap 'exit 143' TERM

# Network policies reach a new pod some seconds after it starts; until then it is refused.
tries=0
until pg_isready --quiet; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || {
    echo "no answer from $PGHOST" >&2
    exit 1
  }
  sleep 2 &
  wait $!
done

PGPASSWORD=$(cat /run/secrets/coped/backup-password)
export PGPASSWORD
dump=/backup/$PGDATABASE-$(date -u +%Y%m%dT%H%M%SZ).dump

# What is left of a dump that was killed: no backup may run longer than six hours, and a younger one may be another's.
find /backup -name '*.partial' -mmin +360 -delete
trap 'rm -f "$dump.partial"' EXIT
pg_dump --format=custom --file="$dump.partial"
# A dump that cannot be listed cannot be restored; one without tables is not worth keeping.
pg_restore --list "$dump.partial" >/tmp/contents
grep -q 'TABLE DATA' /tmp/contents || {
  echo "the dump holds no table: it is thrown away, and the older dumps stay" >&2
  exit 1
}
mv "$dump.partial" "$dump"
echo "wrote $dump, $(du -h "$dump" | cut -f1)"

# Names sort by time. The newest is the one just checked, so a good one always remains.
ls -1 /backup/"$PGDATABASE"-*.dump | sort -r | tail -n +$((KEEP + 1)) | while read -r old; do
  rm -f "$old"
  echo "deleted $old"
done
