import type { NetConnectOpts } from 'node:net';

/** Reads `host:port` or the path of a socket; `undefined` when it is neither. */
export function parseClamdAddress(text: string): NetConnectOpts | undefined {
  if (text.startsWith('/')) return { path: text };
  const [, bracketed, plain, port = ''] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? plain;
  return host !== undefined && Number(port) > 0 && Number(port) < 65_536 ? { host, port: Number(port) } : undefined;
}
