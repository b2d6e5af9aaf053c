import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import type { Door } from './door.ts';
import { lazyDoor } from './lazy-door.ts';

const name = { name: 'shop', path: '/shop', takes: { requests: true, upgrades: true } } as const;
const upgrade = 'GET /shop HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
let server: Server | undefined;

afterEach(() => server?.close());

function realDoor() {
  return {
    name: 'shop',
    path: '/shop',
    handleRequest: vi.fn<NonNullable<Door['handleRequest']>>((_request, response) => void response.end('served')),
    handleUpgrade: vi.fn<NonNullable<Door['handleUpgrade']>>((_request, socket) => void socket.end('upgraded')),
    close: vi.fn<Door['close']>(),
  } as const satisfies Door;
}

async function open(door: Door): Promise<{ port: number; url: string }> {
  server = createServer((asked, response) => door.handleRequest?.(asked, response));
  server.on('upgrade', (asked, socket, head) => door.handleUpgrade?.(asked, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}/shop` };
}

async function upgraded(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(upgrade);
  return text(socket);
}

test('is loaded with its first client, once, however many come meanwhile', async () => {
  const real = realDoor();
  const load = vi.fn(async () => real);
  const { port, url } = await open(lazyDoor(name, vi.fn(), load));
  expect(load).not.toHaveBeenCalled();
  const [first, second, third] = await Promise.all([
    fetch(url).then((answer) => answer.text()),
    fetch(url, { method: 'POST', body: 'a body' }).then((answer) => answer.text()),
    upgraded(port),
  ]);
  expect([first, second, third]).toEqual(['served', 'served', 'upgraded']);
  expect(load).toHaveBeenCalledTimes(1);
});

test('that cannot be loaded says so, to the client and to the log, and is tried again', async () => {
  const report = vi.fn();
  const load = vi.fn<() => Promise<Door>>().mockRejectedValueOnce(new Error('no such file'));
  load.mockRejectedValueOnce(new Error('no such file')).mockResolvedValue(realDoor());
  const { port, url } = await open(lazyDoor(name, report, load));
  const answer = await fetch(url);
  expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([500, 'internal']);
  expect(await upgraded(port)).toMatch(/^HTTP\/1\.1 500 .*"code":"internal"/s);
  expect(report).toHaveBeenCalledTimes(2);
  expect(await (await fetch(url)).text()).toBe('served');
});

test('never hears of who went before it was loaded', async () => {
  const real = realDoor();
  const loading = Promise.withResolvers<Door>();
  const asked = Promise.withResolvers<void>();
  const door = lazyDoor(name, vi.fn(), () => {
    asked.resolve();
    return loading.promise;
  });
  const { url } = await open(door);
  const impatient = request(url);
  impatient.on('error', () => {});
  impatient.end();
  const accepted = once(server as Server, 'connection');
  await asked.promise;
  const [socket] = await accepted;
  impatient.destroy();
  await once(socket, 'close');
  loading.resolve(real);
  expect(await (await fetch(url)).text()).toBe('served');
  expect(real.handleRequest).toHaveBeenCalledTimes(1);
});

test('that was closed takes nobody in any more, and closes what it loaded', async () => {
  const real = realDoor();
  const loading = Promise.withResolvers<Door>();
  const asked = Promise.withResolvers<void>();
  const door = lazyDoor(name, vi.fn(), () => {
    asked.resolve();
    return loading.promise;
  });
  const { url } = await open(door);
  const late = fetch(url);
  await asked.promise;
  const closing = door.close();
  loading.resolve(real);
  await closing;
  expect((await late).status).toBe(503);
  expect(real.handleRequest).not.toHaveBeenCalled();
  expect(real.close).toHaveBeenCalledTimes(1);
});

test('that nobody asked for is not loaded to be closed', async () => {
  const load = vi.fn<() => Promise<Door>>();
  await lazyDoor(name, vi.fn(), load).close();
  expect(load).not.toHaveBeenCalled();
});

test('takes only what it says', () => {
  const door = lazyDoor({ ...name, takes: { requests: false, upgrades: true } }, vi.fn(), vi.fn());
  expect(door.handleRequest).toBeUndefined();
  expect(door.handleUpgrade).toBeDefined();
});
