#!/bin/sh
# Fills the writable configuration directory: the server rewrites its keystore at every start, and the
# image itself is read-only.
set -eu

cp -r /usr/share/elasticsearch/config/. /config/
cp /settings/elasticsearch.yml /config/elasticsearch.yml

# The password counts until the cluster has stored one: a cluster with data is not kept from starting again.
[ -d /usr/share/elasticsearch/data/_state ] || sh /settings/refuse-weak.sh elasticsearch superuser

# These nodes may form a cluster while their disks are empty, if they find none; named any later, or to nodes that joined later, the
# same line could found a second one beside the first.
# https://www.elastic.co/docs/deploy-manage/distributed-architecture/discovery-cluster-formation/modules-discovery-bootstrap-cluster
case ",${INITIAL_MASTER_NODES:-}," in
  *",$POD_NAME,"*)
    [ -d /usr/share/elasticsearch/data/_state ] ||
      echo "cluster.initial_master_nodes: [$INITIAL_MASTER_NODES]" >>/config/elasticsearch.yml
    ;;
esac

# Elasticsearch insists on a password file that only its owner can read; Kubernetes adds the group.
install -m 0400 /run/secrets/coped/superuser-password /credentials/superuser-password
