import { isIP } from 'node:net';

/** Names that the usual tools give to a cluster on one's own machine. */
const LOCAL_CONTEXT = /^(kind-.+|k3d-.+|minikube|docker-desktop|rancher-desktop|orbstack|colima(-.+)?)$/;
/** Loopback, 0.0.0.0, which is what k3d calls this machine, and addresses that no router on the internet forwards. */
const LOCAL_ADDRESS =
  /^(0\.0\.0\.0$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:)/i;
const LOCAL_NAME = /(^|\.)(localhost|docker\.internal)$/i;

/**
 * Why this suite must not run against a cluster; undefined when it may. It creates and deletes namespaces and throws
 * data away, so both the name and the address have to say "my own machine": either alone is too easily mistaken.
 */
export function refusal(context: string, server: string): string | undefined {
  if (!LOCAL_CONTEXT.test(context)) {
    return `the kubectl context "${context}" is not one of kind, minikube, k3d, docker-desktop, rancher-desktop, orbstack or colima`;
  }
  const host = hostOf(server);
  if (host === undefined) return `the API server of context "${context}" has no address: "${server}"`;
  const local = isIP(host) ? LOCAL_ADDRESS.test(host) : LOCAL_NAME.test(host);
  return local ? undefined : `the API server of context "${context}" is not on this machine: ${server}`;
}

function hostOf(server: string): string | undefined {
  try {
    // URLs write IPv6 addresses in brackets.
    return new URL(server).hostname.replace(/^\[|\]$/g, '') || undefined;
  } catch {
    return undefined;
  }
}
