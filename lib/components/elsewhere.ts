import { z } from 'zod';
import { absent, dnsName, objectName } from '../kubernetes/values';

/** What an environment says of a server that someone else runs: nothing of it is made here. */
export interface External {
  readonly kind: 'external';
  readonly host?: string;
  readonly url?: string;
  readonly authority?: object;
}

export const isExternal = (settings: unknown): settings is External =>
  (settings as Partial<External> | undefined)?.kind === 'external';

/** Whom to ask for a login, and for the authority. */
export const administratorOf = ({ url = '', host = new URL(url).hostname }: External): string =>
  `the administrator of ${host}`;

/** Of a server that runs here: `kind` may be left out. */
export const ownKind = z.literal('server').optional();

export const KINDS = {
  error: 'is not a kind of server; write "server", or "external" for one that someone else runs',
};
export const KINDS_OF_LAPTOPS = {
  error: 'is not for a laptop, which empties its database and publishes its passwords; remove the key',
};

/** Settings of a server that runs here. */
export const notElsewhere = <const Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(
    names.map((name) => [name, absent('belongs to a server of ours; remove the key')]),
  ) as Readonly<Record<Name, ReturnType<typeof absent>>>;

/** A name for other machines: a word alone would be a Service of ours. */
export const otherHost = dnsName.refine((host) => host.includes('.'), {
  error:
    'is a name in this namespace; write it in full, e.g. "db.example.org" or "db.databases.svc.cluster.local"',
});

/** Where the certificate is of the authority that signed a server's: the key of a Secret. */
export const authority = z.strictObject({
  secret: objectName,
  key: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, {
    error: 'is not the key of a Secret; write letters, digits, dashes and dots, e.g. "ca.crt"',
  }),
});
