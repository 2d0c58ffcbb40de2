# Asks only whether a server answers. Whether it is the right one, pg_dump checks, which says why it is not.
pg_isready() {
  PGSSLMODE=prefer command pg_isready "$@"
}
