#!/bin/sh
# Waits for the cluster, then makes Django's role and user. Safe to run again at any time: both become
# what is written here, the password included.
set -eu
trap 'exit 143' TERM

sh /bootstrap/refuse-weak.sh elasticsearch superuser application

# Credentials go to curl through its standard input: arguments can be read by every process.
elasticsearch() {
  password=$(sed 's/[\\"]/\\&/g' /run/secrets/coped/superuser-password)
  printf 'user = "elastic:%s"\n' "$password" |
    curl --config - --silent --show-error --fail-with-body --max-time 30 --write-out '\n' \
      ${CA_FILE:+--cacert "$CA_FILE"} --header 'Content-Type: application/json' "$@"
}

until elasticsearch "$ELASTICSEARCH_URL/_cluster/health?wait_for_status=yellow&timeout=10s"; do
  echo "waiting for $ELASTICSEARCH_URL"
  sleep 3 &
  wait $!
done

# A node that has just started may be too busy to answer in time. What it refuses (22) is a fault, and ends the Job.
put() {
  until elasticsearch --request PUT "$ELASTICSEARCH_URL/$1" --data "@$2"; do
    [ $? -ne 22 ] || exit 1
    echo "no answer: $1 is tried again"
    sleep 3 &
    wait $!
  done
}

umask 077
printf '{"password": "%s", "roles": ["coped_application"]}\n' \
  "$(sed 's/[\\"]/\\&/g' /run/secrets/coped/application-password)" >/tmp/user.json
put _security/role/coped_application /bootstrap/application-role.json
put "_security/user/$APPLICATION_USER" /tmp/user.json
echo "role and user are as application-role.json says"
