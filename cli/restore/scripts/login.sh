# psql as one of PostgreSQL's users, with the password that is mounted.
as() {
  local secret=$1 user=$2
  shift 2
  PGPASSWORD=$(cat "/run/secrets/coped/$secret-password") psql --no-psqlrc --quiet --no-align --tuples-only \
    --set=ON_ERROR_STOP=1 --username="$user" "$@"
}
