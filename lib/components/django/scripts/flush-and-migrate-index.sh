wait_for Elasticsearch <ELASTICSEARCH>
retry <INDEX>
