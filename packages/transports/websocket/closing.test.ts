import { type CloseReason, closeCodes } from '@confab/protocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../testing/until.ts';
import { type OpenDoor, openDoor, type RecordingSession } from './testing/open-door.ts';
import { clientFrame, type RawClient } from './testing/raw-client.ts';

const close = 8;
const code = (value: number, reason: string | Uint8Array = '') =>
  Buffer.concat([Buffer.from([value >>> 8, value & 0xff]), Buffer.from(reason as Uint8Array)]);

describe('a client that closes', () => {
  let door: OpenDoor;
  beforeAll(async () => {
    door = await openDoor();
  });
  afterAll(() => door.close());

  it.each([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4008, 4999])(
    'with %i is answered with the same code',
    async (value) => {
      const { client, session } = await door.connect();
      client.send(clientFrame(close, code(value)), clientFrame(1, 'too late'));
      await until(() => client.ended && session.closes === 1);
      expect(client.frames.map((frame) => frame.opcode)).toEqual([close]);
      expect(client.closeCode).toBe(value);
      expect(session.violations).toEqual([]);
      expect(session.texts).toEqual([]);
    },
  );

  it('without a code is answered without one', async () => {
    const { client, session } = await door.connect();
    client.send(clientFrame(close, ''));
    await until(() => client.ended && session.closes === 1);
    expect(client.closeCode).toBe(0);
  });

  it('with the longest reason that fits is answered', async () => {
    const { client, session } = await door.connect();
    client.send(clientFrame(close, code(1000, 'é'.repeat(61))));
    await until(() => client.ended && session.closes === 1);
    expect(client.closeCode).toBe(1000);
    expect(session.violations).toEqual([]);
  });

  it.each<[string, Uint8Array]>([
    ...[0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535].map((value): [string, Uint8Array] => [
      `the code ${value}, which nobody may send`,
      code(value),
    ]),
    ['half a code', Buffer.from([3])],
    ['a reason that is no UTF-8', code(1000, Buffer.from([0xc0, 0xaf]))],
    ['a reason that is cut off within a character', code(1000, Buffer.from([0xe6, 0xbc]))],
  ])('with %s breaks the rules', async (_, payload) => {
    const { client, session } = await door.connect();
    client.send(clientFrame(close, payload));
    await until(() => client.ended && session.closes === 1);
    expect(session.violations).toEqual(['malformed']);
    expect(client.closeCode).toBe(closeCodes.malformed.code);
  });

  it.each<[string, (client: RawClient) => void]>([
    ['ends the TCP connection without a word', (client) => client.socket.end()],
    ['resets the TCP connection', (client) => client.socket.resetAndDestroy()],
    ['ends within a frame', (client) => client.socket.end(clientFrame(1, 'whole').subarray(0, 4))],
    ['ends between fragments', (client) => client.socket.end(clientFrame(1, 'part', { fin: false }))],
    ['ends after broken bytes', (client) => client.socket.end(Buffer.from([0xff, 0xff]))],
    [
      'resets after its close frame',
      (client) => {
        client.send(clientFrame(close, code(1000)));
        client.socket.resetAndDestroy();
      },
    ],
  ])('or %s is gone, once', async (_, leave) => {
    const { client, session } = await door.connect();
    leave(client);
    await until(() => session.closes === 1);
    // Whatever the session still does, nothing comes of it.
    session.peer.write(session.peer.framing.frame('late'));
    session.peer.probe();
    session.peer.close('normal');
    expect(session.texts).toEqual([]);
  });
});

describe('a session that closes', () => {
  let door: OpenDoor;
  let client: RawClient;
  let session: RecordingSession;
  beforeEach(async () => {
    door = await openDoor({ limits: { closeTimeoutMs: 50 } });
    ({ client, session } = await door.connect());
  });
  afterEach(() => door.close());

  it.each(Object.entries(closeCodes))(
    'for %s sends what was written, then its code, then nothing',
    async (reason, row) => {
      const { peer } = session;
      client.sayGoodbyeWhenClosed();
      peer.write(peer.framing.frame('last words'));
      peer.close(reason as CloseReason);
      peer.write(peer.framing.frame('too late'));
      peer.probe();
      peer.close('internal');
      await until(() => client.ended && session.closes === 1);
      expect(client.frames.map((frame) => String(frame.payload.subarray(frame.opcode === close ? 2 : 0)))).toEqual([
        'last words',
        reason,
      ]);
      expect(client.closeCode).toBe(row.code);
      expect(client.unparsedBytes).toBe(0);
    },
  );

  it('cuts a client that never answers the close frame', async () => {
    session.peer.close('draining');
    await until(() => session.closes === 1 && client.ended);
    expect(client.closeCode).toBe(closeCodes.draining.code);
  });

  it('cuts a client that does not even read', async () => {
    client.socket.pause();
    const frame = session.peer.framing.frame('x'.repeat(1024 * 1024));
    for (let i = 0; i < 16; i += 1) session.peer.write(frame);
    expect(session.peer.pendingBytes()).toBeGreaterThan(0);
    session.peer.close('too-slow');
    await until(() => session.closes === 1);
  });

  it('answers no ping after its close frame', async () => {
    session.peer.close('draining');
    client.send(clientFrame(9, 'are you there?'), clientFrame(close, code(1000)));
    await until(() => client.ended && session.closes === 1);
    expect(client.frames.map((frame) => frame.opcode)).toEqual([close]);
  });

  it('and a client that closes at the same moment are both content', async () => {
    client.send(clientFrame(close, code(1001)));
    session.peer.close('normal');
    await until(() => client.ended && session.closes === 1);
    expect(client.frames.map((frame) => frame.opcode)).toEqual([close]);
    expect(session.violations).toEqual([]);
  });
});

describe('the door', () => {
  it('cuts everyone when it closes', async () => {
    const door = await openDoor();
    const clients = await Promise.all([1, 2, 3].map(() => door.knock()));
    await until(() => door.sessions.length === 3);
    await door.close();
    await until(() => clients.every((client) => client.ended));
    expect(door.sessions.map((session) => session.closes)).toEqual([1, 1, 1]);
  });

  it('reports a reception that fails, and tells the client', async () => {
    const reports: string[] = [];
    const accept = (): never => {
      throw new Error('no room');
    };
    const door = await openDoor({
      reception: { refuses: () => undefined, accept },
      report: (level, what) => reports.push(`${level}: ${what}`),
    });
    const client = await door.knock();
    client.sayGoodbyeWhenClosed();
    client.send(clientFrame(1, 'hello'), clientFrame(9, ''));
    await until(() => client.ended);
    expect(client.closeCode).toBe(closeCodes.internal.code);
    expect(reports).toEqual(['error: a connection could not be taken in']);
    await door.close();
  });
});
