import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { defaultWebSocketLimits } from './limits.ts';
import { type OpenDoor, openDoor, type RecordingSession } from './testing/open-door.ts';
import { clientFrame, type RawClient } from './testing/raw-client.ts';

let door: OpenDoor;
afterEach(() => door.close());

const mebibyte = 1024 * 1024;
const ping = 9;
const pong = 10;
const payloads = (client: RawClient, opcode: number) =>
  client.frames.filter((frame) => frame.opcode === opcode).map((frame) => String(frame.payload));

/** Writes to a client that does not read until more waits than the system's own buffers take. */
function fill({ peer }: RecordingSession): { writes: number; pending: number } {
  const frame = peer.framing.frame('x'.repeat(mebibyte - 20));
  let writes = 0;
  for (; peer.pendingBytes() < 8 * mebibyte; writes += 1) peer.write(frame);
  return { writes, pending: peer.pendingBytes() };
}

/** A socket that `ws` knows, but that is not the one our frames could be written to. */
function wrapped(socket: Duplex): Duplex {
  const around: Duplex = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk) => around.push(chunk) || socket.pause());
  socket.on('end', () => around.push(null));
  socket.on('error', () => around.destroy());
  socket.on('close', () => around.destroy());
  return around;
}

const ways = { 'the plain socket': (socket: Duplex) => socket, 'a wrapped socket': wrapped };

describe.each(Object.entries(ways))('over %s', (way, through) => {
  const open = async () => {
    door = await openDoor({}, through);
    return door.connect();
  };

  it('uses the framing that fits it', async () => {
    const { client, session } = await open();
    expect(session.peer.framing.name).toBe(way === 'a wrapped socket' ? 'websocket-message' : 'websocket');
    session.peer.write(session.peer.framing.frame('{"event":"x"}'));
    await until(() => client.frames.length === 1);
    expect(payloads(client, 1)).toEqual(['{"event":"x"}']);
    session.peer.close('normal');
    client.socket.end();
    await until(() => session.closes === 1);
  });

  it('tells when a client that stopped reading reads again, and loses nothing', async () => {
    const { client, session } = await open();
    client.socket.pause();
    const { writes } = fill(session);
    expect(session.drains).toBe(0);
    client.socket.resume();
    await until(() => session.drains > 0 && client.frames.length === writes);
    expect(session.peer.pendingBytes()).toBe(0);
  });

  it('answers a ping with its bytes, and counts it as a sign of life', async () => {
    const { client, session } = await open();
    client.send(clientFrame(ping, ''), clientFrame(ping, 'beat'), clientFrame(ping, Buffer.alloc(125, 'z')));
    await until(() => client.frames.length === 3);
    expect(payloads(client, pong)).toEqual(['', 'beat', 'z'.repeat(125)]);
    expect(session.signsOfLife).toBe(3);
  });

  it('queues no answers for a client that pings and does not read, and answers again when it does', async () => {
    const { client, session } = await open();
    client.socket.pause();
    const { writes, pending } = fill(session);
    expect(pending).toBeGreaterThan(defaultWebSocketLimits.pongBacklogBytes);
    const flood = Array.from({ length: 500 }, () => clientFrame(ping, 'p'.repeat(125)));
    client.send(...flood);
    await until(() => session.signsOfLife === 500);
    expect(session.peer.pendingBytes()).toBeLessThanOrEqual(pending);
    client.socket.resume();
    await until(() => client.frames.length === writes);
    client.send(clientFrame(ping, 'now'));
    await until(() => payloads(client, pong).length > 0);
    expect(payloads(client, pong)).toEqual(['now']);
  });

  it('asks for a sign of life, and hears it', async () => {
    const { client, session } = await open();
    session.peer.probe();
    await until(() => client.frames.length === 1);
    expect(client.frames[0]).toMatchObject({ opcode: ping, fin: true, masked: false });
    expect(session.signsOfLife).toBe(0);
    client.send(clientFrame(pong, ''));
    await until(() => session.signsOfLife === 1);
    client.send(clientFrame(pong, 'unasked'));
    await until(() => session.signsOfLife === 2);
    expect(session.texts).toEqual([]);
  });
});

describe('a client that is silently gone', () => {
  it('gives no sign of life to a probe, and is cut when it is given up', async () => {
    door = await openDoor({ limits: { closeTimeoutMs: 50 } });
    const { client, session } = await door.connect();
    client.socket.pause();
    session.peer.probe();
    // Another one's answer, asked for later, shows that there was time for it.
    const other = await door.connect();
    other.session.peer.probe();
    await until(() => other.client.frames.length === 1);
    other.client.send(clientFrame(pong, ''));
    await until(() => other.session.signsOfLife === 1);
    expect(session.signsOfLife).toBe(0);
    session.peer.close('heartbeat-missed');
    await until(() => session.closes === 1);
    expect(other.session.closes).toBe(0);
  });
});

describe('many peers', () => {
  it.each([undefined, 'permessage-deflate'])(
    'share one framing and one buffer, which nobody changes (%s)',
    async (offer) => {
      door = await openDoor();
      const clients: RawClient[] = [];
      for (let i = 0; i < 50; i += 1) {
        clients.push((await door.connect({ 'Sec-WebSocket-Extensions': offer })).client);
      }
      const [first] = door.sessions;
      if (!first) throw new Error('nobody came in');
      // The framing is what frames are cached by: one object for all.
      expect(new Set(door.sessions.map((session) => session.peer.framing)).size).toBe(1);
      const shared = first.peer.framing.frame(JSON.stringify({ event: 'x', data: 'lorem ipsum '.repeat(300) }));
      const before = Buffer.from(shared);
      for (const { peer } of door.sessions) {
        peer.write(shared);
        peer.write(shared);
      }
      await until(() => clients.every((client) => client.frames.length === 2));
      expect(Buffer.compare(before, shared)).toBe(0);
      const heard = clients.flatMap((client) => client.frames.map((frame) => frame.payload.toString('latin1')));
      expect(new Set(heard).size).toBe(1);
      expect(
        Buffer.from(shared)
          .toString('latin1')
          .endsWith(heard[0] ?? '-'),
      ).toBe(true);
    },
  );
});
