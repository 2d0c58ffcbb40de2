# Starts a program that cannot read files: each X_FILE that names a secret becomes X.
for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)_FILE=.*/\1/p'); do
  # A line of another variable's value may look like one.
  eval "file=\${${name}_FILE-}"
  case $file in /run/secrets/coped/*) ;; *) continue ;; esac
  value=$(cat "$file")
  export "$name=$value"
  unset "${name}_FILE"
done
exec "$@"
