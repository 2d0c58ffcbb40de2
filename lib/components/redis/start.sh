# Becomes the server. The password comes through standard input: every process can read arguments.
password=$(cat /run/secrets/coped/password)
refuse() {
  echo "refused: Secret redis, key password: the value $1" >&2
  echo "put a new one there: docs/secrets.md#change-a-password" >&2
  exit 1
}
# However the Secret was made: applications put it into a URL as it is, and here it must end neither the word nor the line.
case $password in *[!A-Za-z0-9_-]*) refuse 'has other characters than letters, digits, - and _' ;; esac
if [ "$REQUIRE_REAL_SECRETS" = 1 ]; then
  case $password in fake-*) refuse 'is a fake one, which everybody can read in Git' ;; esac
  [ "${#password}" -ge 16 ] || refuse 'is shorter than 16 characters'
fi
exec redis-server - "$@" <<CONFIG
requirepass $password
CONFIG
