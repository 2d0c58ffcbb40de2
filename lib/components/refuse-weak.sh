# Refuses passwords that anybody could guess, before a server learns them; a laptop's are published, and fine there.
# `refuse-weak.sh postgres owner backup` looks at those of the Secrets postgres-owner and postgres-backup.
set -eu
[ "${REQUIRE_REAL_SECRETS:-1}" = 1 ] || exit 0

software=$1
shift
refused=0
for user in "$@"; do
  password=$(cat "/run/secrets/coped/$user-password")
  case $password in
    # As it is, in Base64, URL-encoded.
    fake-* | ZmFrZS* | fake%2*) wrong='is a fake one, which everybody can read in Git' ;;
    *[[:space:]]*) wrong='has a blank or a line break in it' ;;
    *)
      [ "${#password}" -lt 16 ] || continue
      wrong='is shorter than 16 characters'
      ;;
  esac
  echo "refused: Secret $software-$user, key password: the value $wrong" >&2
  refused=1
done
[ "$refused" = 0 ] || echo "put new values there: docs/secrets.md#change-a-password" >&2
exit "$refused"
