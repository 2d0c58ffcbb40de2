# A pod of a new release waits here until the database has been migrated; the running release goes on.
# Settings that Django refuses end the pod with its message: waiting would not help.
python -c 'import <SETTINGS>'
wait_for PostgreSQL <POSTGRES>
until <MIGRATED>; do
  echo "the schema of this release is not there yet; where nothing migrates by itself, run the migration:"
  echo "kubectl create job --from=cronjob/migrate migrate-1"
  sleep 5 &
  wait $!
done
