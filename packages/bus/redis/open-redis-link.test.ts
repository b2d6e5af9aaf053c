import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openRedisLink } from './open-redis-link.ts';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Says of itself what it is told to, and `OK` to everything else. */
async function startServer(version: string): Promise<string> {
  const words = ['version', version, 'mode', 'standalone', 'role', 'master'];
  const hello = `%3\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (data) => {
      const commands = data.toString().match(/\*\d+\r\n\$\d+\r\n\w+/g) ?? [];
      for (const command of commands) socket.write(command.endsWith('HELLO') ? hello : '+OK\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `redis://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

const linkTo = (url: string) =>
  openRedisLink({
    url,
    name: 'test',
    connectMs: 5_000,
    receive: () => {},
    lost: () => {},
    signal: new AbortController().signal,
  });

it('a Redis that has no sharded pub/sub is refused by its version', async () => {
  await expect(linkTo(await startServer('6.2.14'))).rejects.toThrow('this is Redis 6.2.14, and 7 or later is needed');
});

it('a Redis that has it is taken', async () => {
  const link = await linkTo(await startServer('7.0.0'));
  link.destroy();
});
