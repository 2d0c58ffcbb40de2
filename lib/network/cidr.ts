import { BlockList, isIP, isIPv6 } from 'node:net';

/** A range of addresses such as `10.0.0.0/8`; the API server refuses anything else. */
export function isCidr(text: unknown): boolean {
  const [, address = '', bits] = /^([^/]+)\/(\d{1,3})$/.exec(String(text)) ?? [];
  return isIP(address) > 0 && Number(bits) <= (isIPv6(address) ? 128 : 32);
}

/** Whether an address lies in a range and in none of the exceptions; what cannot be read holds no address. */
export function addressBlock(cidr: unknown, except: readonly unknown[]): (address: string) => boolean {
  const inside = blockList([cidr]);
  const outside = blockList(except);
  return (address) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    // Node would find every IPv4 address in ::/0; no network plug-in does.
    if (isIPv6(address) !== String(cidr).includes(':')) return false;
    return inside.check(address, family) && !outside.check(address, family);
  };
}

function blockList(cidrs: readonly unknown[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs.filter(isCidr)) {
    const [address = '', bits] = String(cidr).split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether every address of a range is in the other one as well; what is no range is in none. */
export function within(inner: string, outer: string): boolean {
  const [address = '', bits] = inner.split('/');
  const [, length] = outer.split('/');
  return isCidr(inner) && Number(bits) >= Number(length) && addressBlock(outer, [])(address);
}
