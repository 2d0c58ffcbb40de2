# Starts Metabase. Its image reads a password from a file, and the key from a variable alone.
MB_ENCRYPTION_SECRET_KEY=$(cat /run/secrets/coped/encryption-key)
export MB_ENCRYPTION_SECRET_KEY
exec /app/run_metabase.sh
