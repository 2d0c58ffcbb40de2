wait_for Elasticsearch "$ELASTIC_HOSTNAME" "$ELASTIC_PORT"
retry <INDEX>
