import { isIP, isIPv6 } from 'node:net';

/** A range of addresses such as `10.0.0.0/8`; the API server refuses anything else. */
export function isCidr(text: unknown): boolean {
  const [, address = '', bits] = /^([^/]+)\/(\d{1,3})$/.exec(String(text)) ?? [];
  return isIP(address) > 0 && Number(bits) <= (isIPv6(address) ? 128 : 32);
}
