import { type Answer, ask, type Call, expectStatus } from '../http';

/** The site as one reaches it: by an address of this machine, under the name that the Ingress knows. */
export interface Site {
  readonly address: string;
  readonly host: string;
  /** Who must have signed the certificate, for https. */
  readonly authority?: string;
}

/** Whatever the site answers. */
export const request = (site: Site, path: string, call: Call = {}): Promise<Answer> =>
  ask(...addressed(site, path, call));

/** The answer to a request that must succeed, or fail in the way that is expected. */
export const visit = (
  site: Site,
  path: string,
  { status = 200, ...call }: Call & { status?: number } = {},
): Promise<Answer> => expectStatus(status, ...addressed(site, path, call));

const addressed = ({ address, host, authority }: Site, path: string, call: Call): [string, Call] => [
  new URL(path, address).href,
  { host, authority, ...call },
];
