# Gives a database the name of the live one, which is kept under another: swap.sh <live> <kept> <next>
# Both renames are one transaction: after it, or if it fails, there is a live database, the new one or the old one. It waits up to
# five seconds for all sessions to end, and from its first moment on no new one begins: those wait, and PostgreSQL refuses them
# when the name is another's, so the application tries twice (app/django/coped/postgresql). A session that is ended in the middle
# of a request fails that request, so first only those end that have been idle for a while, as between two requests.
live=$1
kept=$2
next=$3

attempt() { # attempt SESSIONS: a condition on pg_stat_activity
  as superuser postgres --dbname=postgres --command="BEGIN;
    ALTER DATABASE \"$live\" RENAME TO \"$kept\";
    ALTER DATABASE \"$next\" RENAME TO \"$live\";
    COMMIT" &
  local swap=$!
  while kill -0 "$swap" 2>/dev/null; do
    as superuser postgres --dbname=postgres --output=/dev/null \
      --command="SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IN ('$live', '$next') AND $1"
    sleep 0.1
  done
  wait "$swap"
}
idle() { echo "state = 'idle' AND state_change < clock_timestamp() - interval '$1'"; }

# Under load a session may be idle for a moment only; and one that never is must not prevent a restore.
attempt "$(idle '1 second')" || attempt "$(idle '200 milliseconds')" || attempt true || attempt true
