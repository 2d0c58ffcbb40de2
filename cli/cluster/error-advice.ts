/** What kubectl says where the cluster does not do what it was asked, and what a person can do about it. */
const KNOWN: readonly (readonly [said: RegExp, next: string])[] = [
  [
    /you must be logged in|Unauthorized|provide credentials|getting credentials|token (is|has) expired/i,
    'Log in to the cluster again, as for kubectl, then run the same command again',
  ],
  [
    /x509|certificate (signed by|has expired|is not trusted)/i,
    'kubectl does not trust the cluster: get a new kubeconfig from its administrators',
  ],
  [
    /because it is being terminated/,
    'The namespace is being deleted: wait until it is gone, then run the same command again',
  ],
  [
    /is forbidden|\(Forbidden\)/,
    'You are not allowed to do that: show this line to the administrators of the cluster',
  ],
  [
    /unable to connect|connection to the server|connection (refused|reset)|no such host|timeout|timed out|unreachable|\bEOF\b|ended by SIGTERM after/i,
    'The cluster does not answer: look at the network (a VPN?), then run the same command again; it takes up where it stopped',
  ],
];

/** What to do about a call of kubectl that failed; undefined if it says nothing that is known. */
export const nextAfter = (message: string): string | undefined =>
  message.startsWith('kubectl ') ? KNOWN.find(([said]) => said.test(message))?.[1] : undefined;

/** What kubectl says, without what it logs while it tries again. */
export const withoutLog = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line) => !/^[EWIF]\d{4} [\d:.]+ /.test(line))
    .join('\n')
    .trim();
