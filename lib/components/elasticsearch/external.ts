import { z } from 'zod';
import { peerValue } from '../../kubernetes/peers';
import { authority, notElsewhere, otherHost } from '../elsewhere';

/** A search engine that someone else runs. Its role and user are those of bootstrap.sh: docs/external-servers.md. */
export const externalElasticsearch = z.strictObject({
  kind: z.literal('external'),
  /** `https://search.example.org:9200`, as its certificate names it. */
  url: z.string().check((ctx) => {
    const wrong = faultOf(ctx.value);
    if (wrong) ctx.issues.push({ code: 'custom', message: wrong, input: ctx.value });
  }),
  /** What it is to network policies: connections go there and nowhere else. */
  at: peerValue,
  /** Who signed its certificate; absent: an authority that everybody trusts. */
  authority: authority.optional(),
  ...notElsewhere(
    'nodes',
    'initialMasterNodes',
    'machines',
    'storage',
    'storageClass',
    'cpu',
    'memory',
    'allowMmap',
    'linger',
    'clients',
  ),
});

const EXAMPLE = 'write e.g. "https://search.example.org:9200"';

function faultOf(text: string): string | undefined {
  if (!URL.canParse(text)) return `is not a URL; ${EXAMPLE}`;
  const { protocol, username, password, pathname, search, hash, hostname } = new URL(text);
  if (protocol !== 'https:') return `is not encrypted: passwords could be read on the way; ${EXAMPLE}`;
  if (username || password) return `has a login in it, which belongs into a Secret; ${EXAMPLE}`;
  if (pathname !== '/' || search || hash) return `has more than a host and a port; ${EXAMPLE}`;
  return otherHost.safeParse(hostname).error?.issues[0]?.message;
}

/** Host and port of its URL; without a port it is that of HTTPS. */
export const addressOf = (url: string): { readonly host: string; readonly port: number } => {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port || 443) };
};
