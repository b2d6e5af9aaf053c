import ipaddr from 'ipaddr.js';

/** A range of addresses, as `parseRange` reads it. */
export type AddressRange = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Reads `10.1.0.0/16`, `fd00::/8` or a single address; `undefined` when it is none. */
export function parseRange(text: string): AddressRange | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** What the registries have given out to the world at large so far. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address, as the resolver or the URL gives it, is a public host's: not this machine, not a private network,
 * not link-local (where clouds keep their metadata), not shared, reserved or multicast, and no form of IPv6 that wraps
 * another address. `allowed` are ranges that the operator lets through nevertheless.
 */
export function isPublicAddress(text: string, allowed: readonly AddressRange[] = []): boolean {
  if (!ipaddr.isValid(text)) return false;
  const written = ipaddr.parse(text);
  const address = written instanceof ipaddr.IPv6 && written.isIPv4MappedAddress() ? written.toIPv4Address() : written;
  if (allowed.some((range) => isWithin(address, range))) return true;
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || isWithin(address, globalUnicast);
}

function isWithin(address: ipaddr.IPv4 | ipaddr.IPv6, [range, bits]: AddressRange): boolean {
  return address.kind() === range.kind() && address.match(range, bits);
}
