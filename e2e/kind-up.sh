#!/usr/bin/env bash
# From nothing to a kind cluster that `npm run e2e` can run on: cluster, images, ingress controller.
# Safe to run again: what is there stays, images are built and loaded anew.
set -euo pipefail
cd "$(dirname "$0")/.."

for program in docker kind kubectl; do
  command -v "$program" >/dev/null || {
    echo "$program is not installed" >&2
    exit 1
  }
done

kind get clusters | grep -qx coped || kind create cluster --config local/kind.yaml --wait 120s

# What dist/development names, and what production's shape names: there a release has a version.
docker build -t coped/django:development --target development app/django
docker build -t coped/django:1.0.0 --target production app/django
docker build -t coped/dashboards:development app/dashboards
docker tag coped/dashboards:development coped/dashboards:1.0.0
kind load docker-image --name coped \
  coped/django:development coped/django:1.0.0 coped/dashboards:development coped/dashboards:1.0.0

kubectl --context kind-coped apply --filename dist/local
kubectl --context kind-coped --namespace traefik rollout status deployment/traefik --timeout 5m
# The autoscalers of production's shape do nothing without metrics; nothing here waits for them.
kubectl config use-context kind-coped
echo 'ready: npm run e2e'
