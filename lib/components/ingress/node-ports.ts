/** Ports of every node at which a laptop's ingress controller answers; `local/kind.yaml` maps localhost:1337 to the first. */
export const CONTROLLER_NODE_PORTS = { web: 30080, websecure: 30443 };
