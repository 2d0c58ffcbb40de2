# Becomes the server. The password comes through standard input: every process can read arguments. It has only letters, digits, dashes and
# underscores, so nothing in it ends the line or the word.
exec redis-server - "$@" <<CONFIG
requirepass $(cat /run/secrets/coped/password)
CONFIG
