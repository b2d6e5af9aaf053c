import { networkInterfaces } from 'node:os';

const privateForm = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i;

/**
 * Where other nodes reach this one if nobody says: the first address of a private network, never a public one; on a
 * machine without any, this machine only.
 */
export function defaultNodeHost(interfaces = networkInterfaces()): string {
  const addresses = Object.values(interfaces).flatMap((each) => each ?? []);
  return addresses.find(({ address, internal }) => !internal && privateForm.test(address))?.address ?? '127.0.0.1';
}

export function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
