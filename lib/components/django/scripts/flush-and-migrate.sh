# A laptop starts every time with the sample data and nothing else.
retry() {
  until "$@"; do
    echo "not yet: $*"
    sleep 2 &
    wait $!
  done
}
wait_for PostgreSQL <POSTGRES>
# The role and the database are made by a Job that runs at the same time.
retry python manage.py flush --noinput
<MIGRATE>
<SAMPLE>
