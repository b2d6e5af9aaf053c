import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections, above those that `fetch` refuses, of which 10080 is the last. */
const range = { first: 10_081, count: 21_900 };
/** From a port to the one that claims it, beyond the range: a server of HTTP/3 needs its own number for UDP too. */
const claimDistance = range.count;

/**
 * A TCP port of 127.0.0.1 that nobody listens on. It stays this process's own among all that ask here until the
 * process ends, so that a server can leave it and come back: a UDP port that belongs to it is held as the claim,
 * which the system gives to one process only and takes back when that ends.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = range.first + Math.floor(Math.random() * range.count);
    if ((await claims(port)) && (await isFree(port))) return port;
  }
  throw new Error(`Of a hundred ports between ${range.first} and ${range.first + range.count} none was free.`);
}

async function claims(port: number): Promise<boolean> {
  const claim = createSocket('udp4').bind({ port: port + claimDistance, address: '127.0.0.1', exclusive: true });
  claim.unref();
  try {
    await once(claim, 'listening');
    return true;
  } catch {
    claim.close();
    return false;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  await new Promise((closed) => server.close(closed));
  return true;
}
