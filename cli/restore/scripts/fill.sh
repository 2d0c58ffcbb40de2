# Fills an empty database from a dump: fill.sh <database> <file, or - for standard input>
# As the owner of the tables, not as the superuser: a dump may say anything. Rights are given afterwards, by rights.sql.
# The dump is read once. On its way it becomes SQL, its checksum is taken, and the rows of each table are counted: what is in
# the database in the end must be what was in the dump.
set -o pipefail
database=$1
dump=$2

mkfifo /tmp/copy
sha256sum </tmp/copy >/tmp/sum &
sum=$!
cat "$dump" |
  tee /tmp/copy |
  # It stops reading after the last table; the checksum wants the rest as well.
  { pg_restore --no-owner --no-privileges --file=- && cat >/dev/null; } |
  LC_ALL=C awk '
    copying { if ($0 == "\\.") copying = 0; else rows[table]++; print; next }
    match($0, /^COPY ("([^"]|"")+"|[^". ]+)\.("([^"]|"")+"|[^". (]+)/) && / FROM stdin;$/ {
      table = substr($0, 6, RLENGTH - 5); rows[table] += 0; copying = 1
    }
    { print }
    END { for (table in rows) print rows[table], table >"/tmp/rows" }
  ' |
  as owner coped_owner --dbname="$database" --output=/dev/null --file=-
wait "$sum"
echo "sha256 $(cut -d' ' -f1 /tmp/sum)"
[ ! -e /tmp/rows ] || cat /tmp/rows
rm -f /tmp/copy /tmp/rows /tmp/sum
