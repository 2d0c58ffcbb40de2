# Starts Metabase. Its image reads a password from a file, and the key from a variable alone.
MB_ENCRYPTION_SECRET_KEY=$(cat /run/secrets/coped/encryption-key)
export MB_ENCRYPTION_SECRET_KEY
case $REQUIRE_REAL_SECRETS$MB_ENCRYPTION_SECRET_KEY in
  1fake-*)
    echo "refused: Secret metabase, key encryption-key: the value is a fake one, which everybody can read in Git" >&2
    exit 1
    ;;
esac
exec /app/run_metabase.sh
