import { once } from 'node:events';
import { createServer } from 'node:net';

/** A TCP port of this machine that was free a moment ago: whoever takes it has to bear that someone was faster. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
