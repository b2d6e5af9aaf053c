import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { freePort } from '@confab/testing/free-port';
import { afterEach, expect, test } from 'vitest';
import { Turnstile } from './turnstile.ts';

const servers: Server[] = [];
let turnstile: Turnstile;

afterEach(async () => {
  await turnstile.close();
  for (const server of servers.splice(0)) server.close();
});

/** Answers everything with its name. */
async function serverNamed(name: string): Promise<number> {
  const server = createServer((socket) => void socket.on('data', () => socket.write(name)).on('error', () => {}));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function ask(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write('?');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer.toString();
}

test('connections go to one after the other, and past the one that nobody listens on', async () => {
  turnstile = await Turnstile.before([await serverNamed('a'), await freePort(), await serverNamed('b')]);
  const answers = [];
  for (let count = 0; count < 6; count += 1) answers.push(await ask(turnstile.port));
  expect(answers).toEqual(['a', 'b', 'b', 'a', 'b', 'b']);
});

test('while it is shut nothing gets through, and afterwards everything', async () => {
  turnstile = await Turnstile.before([await serverNamed('a')]);
  const socket = connect(turnstile.port, '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString();
  });
  socket.write('?');
  await once(socket, 'data');
  turnstile.shut();
  socket.write('?');
  const late = ask(turnstile.port);
  expect(await Promise.race([late, new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))])).toBe('nothing');
  expect(heard).toBe('a');
  turnstile.open();
  expect(await late).toBe('a');
  socket.destroy();
});
