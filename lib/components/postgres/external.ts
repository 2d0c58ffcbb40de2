import { z } from 'zod';
import { peerValue } from '../../kubernetes/peers';
import { integer } from '../../kubernetes/values';
import { authority, notElsewhere, otherHost } from '../elsewhere';

const VERIFYING = 'write "verify-full" or "verify-ca", with the authority that signed its certificate';

/** A database that someone else runs. Its roles are those of bootstrap.sql: docs/external-servers.md. */
export const externalPostgres = z.strictObject({
  kind: z.literal('external'),
  /** As its certificate names it. */
  host: otherHost,
  port: integer(1, 65535).default(5432),
  /** What it is to network policies: connections go there and nowhere else. */
  at: peerValue,
  database: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, {
      error: 'is not the name of a database; write lower-case letters, digits and underscores',
    })
    .default('coped'),
  /** `verify-full`: its certificate is for `host`, too, and not only of that authority. */
  tls: z.enum(['verify-full', 'verify-ca'], {
    error: ({ input }) =>
      `${input === 'disable' ? 'encrypts nothing' : 'encrypts for any server that answers'}; ${VERIFYING}`,
  }),
  authority,
  ...notElsewhere('storage', 'storageClass', 'maxConnections', 'resources'),
});
