# Gives a database the name of the live one, which is kept under another: swap.sh <live> <kept> <next>
# Both renames are one transaction: after it, or if it fails, there is a live database, the new one or the old one. It waits up to
# five seconds for everybody to leave, and from its first moment on lets nobody in; so those who are in are sent away meanwhile.
live=$1
kept=$2
next=$3

attempt() {
  as superuser postgres --dbname=postgres --command="BEGIN;
    ALTER DATABASE \"$live\" RENAME TO \"$kept\";
    ALTER DATABASE \"$next\" RENAME TO \"$live\";
    COMMIT" &
  local swap=$!
  while kill -0 "$swap" 2>/dev/null; do
    as superuser postgres --dbname=postgres --output=/dev/null \
      --command="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('$live', '$next')"
    sleep 0.1
  done
  wait "$swap"
}

# On a machine that is busy, five seconds may be too short to leave.
attempt || attempt || attempt
