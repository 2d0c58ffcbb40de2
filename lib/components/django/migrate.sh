# Network policies reach a new pod some seconds after it starts; until then it is refused.
trap 'exit 143' TERM
wait_for() {
  tries=0
  until python -c "import socket, sys; socket.create_connection((sys.argv[1], sys.argv[2]), 2)" "$1" "$2" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || {
      echo "no answer from $1:$2" >&2
      exit 1
    }
    sleep 2 &
    wait $!
  done
}
wait_for "$SQL_HOST" "$SQL_PORT"
wait_for "$ELASTIC_HOSTNAME" "$ELASTIC_PORT"

# Changes the tables first, then rebuilds the search index, which is derived from them.
python manage.py migrate --noinput
python manage.py search_index
