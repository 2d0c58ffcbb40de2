# What the scripts of scenarios have beside the shell: the cluster, in the namespace of the environment.
kubectl() { command kubectl --context="$context" --namespace="$namespace" "$@"; }

# Asks PostgreSQL as its superuser, from inside its own pod; the password stays there.
sql() {
  printf '%s' "$1" | kubectl exec --stdin postgres-0 --container=postgres -- bash -euc '
PGPASSWORD=$(cat /run/secrets/coped/superuser-password)
export PGPASSWORD
exec psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 --username=postgres coped
'
}

same() { [ "$1" = "$2" ] || fail "it is $1, not $2"; }

none() {
  local found
  found=$(kubectl get "$@" --ignore-not-found --output=name)
  [ -z "$found" ] || fail "there is still $found"
}

fail() {
  echo "$*" >&2
  exit 1
}

# Of the database: how many rows came after the dump, the databases of ours, and that a restore that failed left nothing.
later() { sql "SELECT count(*) FROM projects_project WHERE title = 'After the dump'"; }
databases() { sql "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE datname LIKE 'coped%'"; }
untouched() {
  same "$(databases)" coped
  same "$(later)" 1
  none pods --selector=coped.org/one-off=restore
}

# Another volume for the dumps.
put() {
  kubectl patch cronjob backup --type=json \
    --patch="[{\"op\": \"replace\", \"path\": \"/spec/jobTemplate/spec/template/spec/volumes/0\", \"value\": $1}]"
}

# A page of the site, its certificate checked: page PATH [OPTIONS OF CURL]
page() {
  kubectl get secret ingress-tls --output='jsonpath={.data.tls\.crt}' | base64 --decode >site.crt
  curl --silent --show-error --fail-with-body --max-time 60 --cacert site.crt --connect-to "::${address#https://}" "https://$host$1" "${@:2}"
}

# A Secret with a certificate that signed itself: certificate SECRET NAMES
certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=trial -addext "subjectAltName=$2" \
    -keyout tls.key -out tls.crt 2>openssl.log || fail "$(cat openssl.log)"
  kubectl create secret generic "$1" --type=kubernetes.io/tls --from-file=tls.crt --from-file=tls.key --from-file=ca.crt=tls.crt
}

# An authority, in NAME.crt and NAME.key: authority NAME
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj "/CN=$1" -keyout "$1.key" -out "$1.crt" 2>openssl.log ||
    fail "$(cat openssl.log)"
}

# Where the servers of someone else are.
elsewhere() { command kubectl --context="$context" --namespace=databases "$@"; }
