#!/bin/sh
# Fills the writable configuration directory: the server rewrites its keystore at every start, and the
# image itself is read-only.
set -eu

cp -r /usr/share/elasticsearch/config/. /config/
cp /settings/elasticsearch.yml /config/elasticsearch.yml

# Only the very first start may name the first masters: named again, nodes that lost their disks would
# found a second cluster.
# https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-bootstrap-cluster
if [ -n "${INITIAL_MASTER_NODES:-}" ] && [ ! -d /usr/share/elasticsearch/data/_state ]; then
  echo "cluster.initial_master_nodes: [$INITIAL_MASTER_NODES]" >>/config/elasticsearch.yml
fi

# Elasticsearch insists on a password file that only its owner can read; Kubernetes adds the group.
install -m 0400 /run/secrets/coped/superuser-password /credentials/superuser-password
