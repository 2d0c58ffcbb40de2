import type { Environment } from '../../lib/environments/environment';
import { OWN_CONTEXT } from '../cluster/guard';
import type { World } from '../world';

export interface Address {
  readonly url: string;
  readonly what: string;
}

export interface Addresses {
  /** Something that has to run meanwhile, so that they answer. */
  readonly tunnel?: string;
  readonly addresses: readonly Address[];
}

const SITE: Address = { url: 'http://localhost:1337', what: 'the site' };
const WEB: Address = { url: 'http://localhost:8000', what: 'web, past the ingress' };

/** Where the site is. The ports of `local/kind.yaml` lead to its cluster; to any other there has to be a tunnel. */
export async function addressesOf(
  { listens }: World,
  context: string,
  { web }: Pick<Environment, 'web'>,
): Promise<Addresses> {
  if (context === OWN_CONTEXT && (await listens(1337)))
    return { addresses: [SITE, ...(web.nodePort ? [WEB] : [])] };
  const tunnel = `kubectl --context=${context} --namespace=traefik port-forward service/traefik 1337:80`;
  return { tunnel, addresses: [SITE] };
}
