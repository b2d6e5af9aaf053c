import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { outgoingLimits } from './limits.ts';
import { OutgoingFault } from './outgoing-fault.ts';
import { type AddressRange, isPublicAddress } from './public-address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. Rejects when nobody knows it. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: Resolve = (hostname) => lookup(hostname, { all: true });

export interface Target {
  readonly url: URL;
  /** What to connect to: those that were checked, never what the name says later. At least one. */
  readonly addresses: readonly ResolvedAddress[];
}

/**
 * Where a URL leads, found to be public.
 * @throws OutgoingFault
 */
export async function checkedTarget(text: string, resolve: Resolve, allowed: readonly AddressRange[]): Promise<Target> {
  const url = formOf(text);
  // The URL parser has turned every way to write an address (octal, hexadecimal, one number) into the usual one.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const addresses = family === 0 ? await resolved(host, resolve) : [{ address: host, family }];
  // One inner address among outer ones is enough to refuse the name: which one is taken is not ours to say.
  if (!addresses.every(({ address }) => isPublicAddress(address, allowed))) throw new OutgoingFault('not-public');
  // Inner hosts, all of which the operator lets through, may stand on any port.
  const isInner = addresses.every(({ address }) => !isPublicAddress(address));
  if (!isInner && !outgoingLimits.ports.includes(portOf(url))) throw new OutgoingFault('address-form');
  return { url, addresses };
}

function formOf(text: string): URL {
  const url = text.length <= outgoingLimits.urlChars && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new OutgoingFault('address-form');
  }
  return url;
}

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

async function resolved(host: string, resolve: Resolve): Promise<readonly ResolvedAddress[]> {
  const addresses = await resolve(host).catch((error: unknown) => {
    throw new OutgoingFault('unknown-host', { cause: error });
  });
  if (addresses.length === 0) throw new OutgoingFault('unknown-host');
  return addresses;
}
