# A pod of a new release waits here until somebody has migrated the database; the running release goes on.
trap 'exit 143' TERM
# Settings that Django refuses end the pod with its message: waiting would not mend them.
python -c 'import coped.settings'
until python manage.py migrate --check; do
  echo "the schema of this release is not there yet; where nothing migrates by itself, run the migration:"
  echo "kubectl create job --from=cronjob/migrate migrate-1"
  sleep 5 &
  wait $!
done
