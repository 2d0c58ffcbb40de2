# Network policies reach a new pod some seconds after it starts; until then it is refused. If nobody answers in the end, the
# command that comes next says so.
for _ in $(seq 60); do
  ! pg_isready --quiet --timeout=1 || exit 0
  sleep 0.5
done
