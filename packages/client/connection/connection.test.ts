import type { Welcome } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { ConfabError } from '../confab-error.ts';
import { type FakePorts, fakePorts } from '../testing/fake-ports.ts';
import { settled } from '../testing/fake-time.ts';
import { Connection } from './connection.ts';

const welcome = {
  version: 1,
  user: 'u',
  session: 's',
  serverTime: 0,
  heartbeat: { intervalMs: 25_000, timeoutMs: 60_000 },
  reconnect: { minMs: 1_000, maxMs: 2_000 },
  limits: { frameBytes: 1_000, inFlight: 2, logs: 100 },
} as unknown as Welcome;

function setUp(given: Parameters<typeof fakePorts>[0] = {}) {
  const ports = fakePorts(given);
  const told: string[] = [];
  const connection = new Connection(ports, 'ws://confab.test/api/v1/connect', () => ({ versions: [1] }), {
    welcomed: () => told.push('welcomed'),
    event: (event) => told.push(event.event),
    lost: () => told.push('lost'),
    ended: (reason) => told.push(`ended ${reason}`),
  });
  const status = () => connection.state.get().status;
  return { ports, told, connection, status };
}

async function greet(ports: FakePorts): Promise<void> {
  await settled();
  const { last } = ports.sockets;
  last.push({ reply: last.last('connection.hello')?.id, result: welcome });
  await settled();
}

async function online() {
  const parts = setUp();
  parts.connection.start();
  await greet(parts.ports);
  return parts;
}

describe('a connection', () => {
  it('[H1] says hello first and is online when it is answered', async () => {
    const { ports, connection, status, told } = setUp();
    connection.start();
    expect(status()).toBe('connecting');
    await settled();
    expect(ports.sockets.last.sent.map(({ command }) => command)).toEqual(['connection.hello']);
    expect(status()).toBe('connecting');
    await greet(ports);
    expect(status()).toBe('online');
    expect(told).toEqual(['welcomed']);
  });

  it('refuses to ask while it is not online', async () => {
    const { connection } = setUp();
    await expect(connection.request('connection.ping', {})).rejects.toMatchObject({ kind: 'offline' });
  });

  it('gives up an attempt that nobody answers', async () => {
    const { ports, connection, status } = setUp();
    ports.sockets.onOpen = () => {};
    connection.start();
    await ports.time.advance(9_999);
    expect(status()).toBe('connecting');
    await ports.time.advance(1);
    expect(status()).toBe('waiting');
    expect(ports.sockets.last.closed).toBe(true);
  });

  it('[H6] comes back within the window that the closing server named', async () => {
    const { ports, told, connection } = await online();
    ports.sockets.last.push({
      event: 'connection.closing',
      data: { reason: 'draining', reconnect: { minMs: 4_000, maxMs: 5_000 } },
    });
    ports.sockets.last.end(4000);
    await settled();
    const state = connection.state.get();
    expect(state).toMatchObject({ status: 'waiting', reason: 'draining', window: { minMs: 4_000, maxMs: 5_000 } });
    await ports.time.advance(3_999);
    expect(ports.sockets.all).toHaveLength(1);
    await ports.time.advance(1_001);
    expect(ports.sockets.all).toHaveLength(2);
    expect(told).toEqual(['welcomed', 'lost']);
  });

  it('[H6] doubles the usual window with each failed attempt, up to 30 s', async () => {
    const { ports, connection } = await online();
    ports.sockets.onOpen = (socket) => socket.end(1006);
    ports.sockets.last.end(1006);
    await settled();
    const windows: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const state = connection.state.get();
      if (state.status !== 'waiting') throw new Error(state.status);
      windows.push(state.window.maxMs);
      await ports.time.advance(state.retryAt - ports.clock.now());
    }
    expect(windows).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  });

  it('begins with the usual window again after it was online', async () => {
    const { ports, connection } = await online();
    for (let round = 0; round < 3; round += 1) {
      ports.sockets.last.end(1006);
      await settled();
      const state = connection.state.get();
      expect(state).toMatchObject({ status: 'waiting', window: { minMs: 1_000, maxMs: 2_000 } });
      await ports.time.advance(2_000);
      await greet(ports);
      expect(connection.state.get().status).toBe('online');
    }
  });

  it('[H6] tries at once when the device comes online', async () => {
    const { ports, status } = await online();
    ports.sockets.last.end(1006);
    await settled();
    expect(status()).toBe('waiting');
    ports.wake();
    expect(status()).toBe('connecting');
    expect(ports.sockets.all).toHaveLength(2);
    await ports.time.advance(5_000);
    expect(ports.sockets.all).toHaveLength(2);
  });

  it('waits as after a first failure when an attempt fails that hung while the device woke', async () => {
    const { ports, status } = await online();
    ports.sockets.onOpen = (socket) => socket.end(1006);
    ports.sockets.last.end(1006);
    for (let attempt = 0; attempt < 6; attempt += 1) await ports.time.advance(30_000);
    ports.sockets.onOpen = () => {};
    for (let second = 0; second < 30 && status() === 'waiting'; second += 1) await ports.time.advance(1_000);
    expect(status()).toBe('connecting');
    ports.wake();
    ports.sockets.last.end(1006);
    await settled();
    expect(status()).toBe('waiting');
    const tried = ports.sockets.all.length;
    await ports.time.advance(2_000);
    expect(ports.sockets.all).toHaveLength(tried + 1);
  });

  it('tries at once when a timer shows that the machine was asleep', async () => {
    const { ports, status, connection } = await online();
    ports.sockets.onOpen = (socket) => socket.end(1006);
    ports.sockets.last.end(1006);
    for (let attempt = 0; attempt < 6; attempt += 1) await ports.time.advance(30_000);
    const state = connection.state.get();
    if (state.status !== 'waiting') throw new Error(state.status);
    const before = ports.sockets.all.length;
    ports.sockets.onOpen = () => {};
    ports.time.sleep(3_600_000);
    await ports.time.advance(5_000);
    expect(ports.sockets.all.length).toBe(before + 1);
    expect(status()).toBe('connecting');
  });

  it('[H5] asks after silence and gives a silent connection up although its socket looks open', async () => {
    const { ports, status } = await online();
    const socket = ports.sockets.last;
    await ports.time.advance(24_999);
    expect(socket.last('connection.ping')).toBeUndefined();
    await ports.time.advance(1);
    expect(socket.last('connection.ping')).toBeDefined();
    await ports.time.advance(34_999);
    expect(status()).toBe('online');
    await ports.time.advance(1);
    expect(status()).toBe('waiting');
  });

  it('[H5] stays when the server answers the question', async () => {
    const { ports, status } = await online();
    const socket = ports.sockets.last;
    socket.onCommand = (frame) => socket.push({ reply: frame.id, result: { serverTime: 0 } });
    await ports.time.advance(600_000);
    expect(status()).toBe('online');
    expect(ports.sockets.all).toHaveLength(1);
  });

  it('finds out within seconds after a wake whether an open connection still lives', async () => {
    const { ports, status } = await online();
    await ports.time.advance(10_000);
    ports.wake();
    expect(ports.sockets.last.last('connection.ping')).toBeDefined();
    await ports.time.advance(4_999);
    expect(status()).toBe('online');
    await ports.time.advance(1);
    expect(status()).not.toBe('online');
  });

  it.each([
    [4004, 'signed-out'],
    [4005, 'signed-out'],
    [4006, 'signed-out'],
    [4003, 'unsupported-version'],
    [4002, 'stopped'],
    [1009, 'stopped'],
  ])('[H7] stops for good at close code %i: %s', async (code, reason) => {
    const { ports, told, connection } = await online();
    ports.sockets.last.end(code);
    await settled();
    expect(connection.state.get()).toEqual({ status: 'stopped', reason });
    expect(told).toEqual(['welcomed', 'lost', `ended ${reason}`]);
    ports.wake();
    await ports.time.advance(100_000);
    expect(ports.sockets.all).toHaveLength(1);
  });

  it.each([1000, 1001, 1006, 1011, 4000, 4001, 4007, 4008, 4009, 4010, 4011, 4012, 4999])(
    '[H7] comes back after close code %i',
    async (code) => {
      const { ports, status } = await online();
      ports.sockets.last.end(code);
      await settled();
      expect(status()).toBe('waiting');
    },
  );

  it('takes a refused hello for what it says, though no code came with the end', async () => {
    const { ports, connection, told } = setUp();
    connection.start();
    await settled();
    const { last } = ports.sockets;
    const error = { code: 'session-expired', message: '', retry: 'never' };
    last.push({ reply: last.last('connection.hello')?.id, error });
    await settled();
    expect(connection.state.get()).toEqual({ status: 'stopped', reason: 'signed-out' });
    expect(told).toEqual(['ended signed-out']);
  });

  it('treats what is not the protocol as a lost connection', async () => {
    const { ports, status } = await online();
    ports.sockets.last.raw('<html>');
    expect(status()).toBe('waiting');
  });

  it('[C3] keeps what is over the in-flight limit until there is room', async () => {
    const { ports, connection } = await online();
    const socket = ports.sockets.last;
    const answers = [1, 2, 3].map(() => connection.request('connection.ping', {}));
    const pings = () => socket.sent.filter(({ command }) => command === 'connection.ping');
    expect(pings()).toHaveLength(2);
    socket.push({ reply: pings()[1]?.id, result: { serverTime: 2 } });
    await settled();
    expect(pings()).toHaveLength(3);
    socket.push(...pings().map(({ id }) => ({ reply: id, result: { serverTime: id } })));
    await expect(Promise.all(answers)).resolves.toHaveLength(3);
  });

  it('[C5] says that an unanswered command may have happened, and that a waiting one did not', async () => {
    const { ports, connection } = await online();
    const kinds = Promise.all(
      [1, 2, 3].map(() => connection.request('connection.ping', {}).catch((error: ConfabError) => error.kind)),
    );
    ports.sockets.last.end(1006);
    expect(await kinds).toEqual(['unanswered', 'unanswered', 'offline']);
  });

  it('[F6] does not send a frame that the server would end the connection for', async () => {
    const { ports, connection, status } = await online();
    const before = ports.sockets.last.sent.length;
    const post = connection.request('message.post', { text: 'ä'.repeat(500) } as never);
    await expect(post).rejects.toThrow(ConfabError);
    await expect(post).rejects.toMatchObject({ code: 'frame-too-large' });
    expect(ports.sockets.last.sent).toHaveLength(before);
    connection.request('message.post', { text: 'a'.repeat(500) } as never).catch(() => {});
    expect(ports.sockets.last.sent).toHaveLength(before + 1);
    expect(status()).toBe('online');
  });

  it('lets go of its timers when it is stopped', async () => {
    const { ports, connection } = await online();
    expect(ports.time.waiting).toBeGreaterThan(0);
    connection.stop('stopped');
    expect(ports.time.waiting).toBe(0);
    connection.start();
    await greet(ports);
    expect(connection.state.get().status).toBe('online');
  });
});

describe('where no WebSocket gets through', () => {
  const answering = { fetch: () => Promise.resolve(new Response('{}')) };

  /** Lets the current attempt fail and the next one begin. */
  async function fail({ ports, connection }: ReturnType<typeof setUp>): Promise<void> {
    ports.sockets.last.end(1006);
    await settled();
    const state = connection.state.get();
    if (state.status === 'waiting') await ports.time.advance(state.retryAt - ports.clock.now());
    await settled();
  }

  async function lowered() {
    const parts = setUp(answering);
    const { sockets } = parts.ports;
    sockets.onOpen = (socket) => {
      if (socket.door !== 'websocket') socket.open();
    };
    parts.connection.start();
    await settled();
    while (sockets.last.door === 'websocket') await fail(parts);
    await greet(parts.ports);
    return parts;
  }

  it('takes the next door after two attempts, and says which one it came through', async () => {
    const { ports, connection } = await lowered();
    expect(ports.sockets.all.map(({ door }) => door)).toEqual(['websocket', 'websocket', 'http-stream']);
    expect(connection.state.get()).toMatchObject({ status: 'online', door: 'http-stream' });
  });

  it('goes through all doors and begins again, as long as none leads in', async () => {
    const parts = setUp(answering);
    const { ports, connection } = parts;
    ports.sockets.onOpen = () => {};
    connection.start();
    await settled();
    for (let attempt = 0; attempt < 10; attempt += 1) await fail(parts);
    const tried = ports.sockets.all.map(({ door }) => door);
    expect(tried.filter((_, index) => index % 2 === 0)).toEqual([
      'websocket',
      'http-stream',
      'sse',
      'long-poll',
      'poll',
      'websocket',
    ]);
  });

  it('stays with a door while there is no server at all', async () => {
    const parts = setUp();
    const { ports, connection } = parts;
    ports.sockets.onOpen = () => {};
    connection.start();
    await settled();
    for (let attempt = 0; attempt < 5; attempt += 1) await fail(parts);
    expect(new Set(ports.sockets.all.map(({ door }) => door))).toEqual(new Set(['websocket']));
  });

  it('moves back to the best door when it works again', async () => {
    const { ports, connection, told } = await lowered();
    ports.sockets.onOpen = (socket) => socket.open();
    await ports.time.advance(15_000);
    const lower = ports.sockets.all.at(-2);
    await greet(ports);
    expect(ports.sockets.last.door).toBe('websocket');
    expect(lower?.closed).toBe(true);
    expect(connection.state.get()).toMatchObject({ status: 'online', door: 'websocket' });
    expect(told).toEqual(['welcomed', 'lost', 'welcomed']);
  });

  it('does not move while a command is unanswered', async () => {
    const { ports, connection } = await lowered();
    const lower = ports.sockets.last;
    ports.sockets.onOpen = (socket) => socket.open();
    const asked = connection.request('presence.set', { state: 'away' });
    await ports.time.advance(15_000);
    expect(ports.sockets.last).toBe(lower);
    lower.push({ reply: lower.last('presence.set')?.id, result: {} });
    await asked;
    await ports.time.advance(15_000);
    expect(ports.sockets.last.door).toBe('websocket');
  });

  it('tries the best door less often each time, and keeps the one that works', async () => {
    const { ports, connection } = await lowered();
    ports.sockets.onOpen = (socket) => {
      if (socket.door === 'websocket') socket.end(1006);
    };
    const before = ports.sockets.all.length;
    // An hour of a quiet connection that lives.
    for (let count = 0; count < 180; count += 1) {
      await ports.time.advance(20_000);
      ports.sockets.all.find(({ closed }) => !closed)?.push({ event: 'log.head', data: {} });
    }
    const tries = ports.sockets.all.length - before;
    expect(tries).toBeGreaterThan(5);
    expect(tries).toBeLessThan(15);
    expect(connection.state.get()).toMatchObject({ status: 'online', door: 'http-stream' });
  });
});
