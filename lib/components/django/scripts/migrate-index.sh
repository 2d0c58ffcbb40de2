
# Then the search index, which is derived from them.
wait_for Elasticsearch <ELASTICSEARCH> 60 || {
  echo "The tables are migrated, the search index is not rebuilt: migrate again when Elasticsearch runs." >&2
  exit 1
}
<INDEX>
