# Runs the SQL of standard input: sql.sh <secret> <user> <database> [options of psql]
as "$1" "$2" --dbname="$3" "${@:4}"
