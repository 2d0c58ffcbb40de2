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
  // Node would find every IPv4 address in ::/0; no network plug-in does.
  if (!first.includes(':')) {
    const size = 2 ** (32 - Number(bits));
    const place = Math.floor(numberOf(first) / size);
    return (address) => !address.includes(':') && Math.floor(numberOf(address) / size) === place;
  }
  // Loaded only here: it takes Node milliseconds.
  const list = new BlockList();
  list.addSubnet(first, Number(bits), 'ipv6');
  return (address) => address.includes(':') && list.check(address, 'ipv6');
}

const numberOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether every address of a range is in the other one as well; what is no range is in none. */
export function within(inner: string, outer: string): boolean {
  const [address = '', bits] = inner.split('/');
  const [, length] = outer.split('/');
  return isCidr(inner) && Number(bits) >= Number(length) && addressBlock(outer, [])(address);
}

/** A range with its first address, as network plug-ins write it; undefined for what is no range. */
export function network(cidr: string): string | undefined {
  if (!isCidr(cidr)) return undefined;
  const [address = '', bits = ''] = cidr.split('/');
  if (address.includes(':')) return cidr;
  const number = numberOf(address);
  const size = 2 ** (32 - Number(bits));
  const first = number - (number % size);
  return `${[24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256).join('.')}/${Number(bits)}`;
}
