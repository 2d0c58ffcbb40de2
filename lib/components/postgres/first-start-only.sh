# A server with data knows its password already, and is not kept from starting again.
[ ! -e "$PGDATA/PG_VERSION" ] || exit 0

