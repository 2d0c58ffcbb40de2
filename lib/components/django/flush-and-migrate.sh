# A laptop starts every time with the sample projects and nothing else.
trap 'exit 143' TERM
retry() {
  until "$@"; do
    echo "not yet: $*"
    sleep 2 &
    wait $!
  done
}
retry python manage.py flush --noinput
python manage.py migrate --noinput
python manage.py loaddata sample
retry python manage.py search_index
