# kubectl, and `k` as docs/deploy.md defines it, for commands from the pages: on one cluster, and in the namespace of its
# context if the command names no other. Whatever would change something is put to the API server, which says whether it would do it.
k() { kubectl "$@"; }

kubectl() {
  case " $* " in
    *' exec '*' rm '*) refuse "$@" ;;
    *' logs -f '* | *' logs '*' -f '* | *' --watch '* | *' port-forward '*) endless "$@" ;;
    *' --previous '*) previous "$@" ;;
    *' get '* | *' describe '* | *' logs '* | *' events '* | *' exec '* | *' wait '* | *' config '* | *' --dry-run='*) really "$@" ;;
    # The names of the pages are taken in a namespace that is in use.
    *' create '*) really "$@" --dry-run=client ;;
    *' apply '* | *' delete '* | *' patch '* | *' scale '* | *' rollout undo '*) really "$@" --dry-run=server ;;
    *) refuse "$@" ;;
  esac
}

really() { command kubectl --context="$context" "$@"; }

refuse() {
  echo "kubectl $*: test/e2e/docs/prelude.sh does not know how to try that without a change" >&2
  exit 2
}

# It must still be at work after a while.
endless() {
  # Itself and no shell around it, so that the signal reaches it.
  (exec kubectl --context="$context" "$@") &
  sleep "${PATIENCE:-3}"
  kill $!
}

# A container that has never ended has no log from before.
previous() {
  local said
  said=$(really "$@" 2>&1) || case "$said" in *'previous terminated container'*) ;; *) echo "$said" >&2 && false ;; esac
}
