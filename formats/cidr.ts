import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** A range of addresses such as `10.0.0.0/8`; the API server refuses anything else. */
export function isCidr(text: unknown): boolean {
  const [, address = '', bits] = /^([^/]+)\/(\d{1,3})$/.exec(String(text)) ?? [];
  // Asked in this order: Node's pattern for the longer addresses takes milliseconds the first time.
  return isIPv4(address) ? Number(bits) <= 32 : Number(bits) <= 128 && isIPv6(address);
}

/** Whether an address lies in a range and in none of the exceptions; what cannot be read holds no address. */
export function addressBlock(cidr: unknown, except: readonly unknown[]): (address: string) => boolean {
  const isInside = range(cidr);
  const holes = except.map(range);
  return (address) => isInside(address) && !holes.some((isInHole) => isInHole(address));
}

function range(cidr: unknown): (address: string) => boolean {
  if (!isCidr(cidr)) return () => false;
  const [first = '', bits] = String(cidr).split('/');
  const isLong = first.includes(':');
  const family = isLong ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(first, Number(bits), family);
  // Node would find every IPv4 address in ::/0; no network plug-in does.
  return (address) => address.includes(':') === isLong && list.check(address, family);
}

/** Whether every address of a range is in the other one as well; what is no range is in none. */
export function within(inner: string, outer: string): boolean {
  const [address = '', bits] = inner.split('/');
  const [, length] = outer.split('/');
  return isCidr(inner) && Number(bits) >= Number(length) && addressBlock(outer, [])(address);
}
