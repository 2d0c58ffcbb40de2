trap 'exit 143' TERM
# wait_for NAME HOST PORT [TRIES]: until a connection is accepted. Network policies, too, reach a new pod some seconds after
# it starts; until then it is refused.
wait_for() {
  tries=0
  until python -c "import socket, sys; socket.create_connection((sys.argv[1], sys.argv[2]), 2)" "$2" "$3" 2>/dev/null; do
    [ $((tries % 10)) -ne 0 ] || echo "waiting for $1 at $2:$3"
    tries=$((tries + 1))
    [ "$tries" -ne "${4:-0}" ] || {
      echo "no answer from $1 at $2:$3" >&2
      return 1
    }
    sleep 2 &
    wait $!
  done
}

