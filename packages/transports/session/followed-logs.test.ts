import { createTestEngine, testLog, testUser } from '@confab/engine/testing';
import type { EventFrame, LogId } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import type { LogPosition } from './cursor.ts';
import { FollowedLogs } from './followed-logs.ts';
import { GatewaySession } from './gateway-session.ts';

const ada = testUser(1);
const room = testLog(1);

/** A foreign client that hears everything of the logs that it follows. */
async function follower(test: ReturnType<typeof createTestEngine>, from: Map<LogId, LogPosition | null>) {
  const { token } = test.domain.addSession(ada);
  const heard: EventFrame[] = [];
  const closed: string[] = [];
  const ended: string[] = [];
  const network = { pending: 0 };
  const opening = GatewaySession.open(
    { reception: test.engine, report: () => {} },
    { token },
    {
      address: '127.0.0.1',
      client: 'test',
      pendingBytes: () => network.pending,
      event: (event) => void logs.take(event),
      ended: (reason) => void ended.push(reason),
    },
  );
  const opened = await settled(test, opening);
  if ('error' in opened) throw new Error(opened.error.code);
  const { session } = opened;
  const logs: FollowedLogs = new FollowedLogs(session, {
    event: ({ frame }) => void heard.push(frame),
    unfollowed: (log, reason) => void closed.push(`${log} ${reason}`),
  });
  const following = logs.follow(from);
  await test.time.settle();
  const seqs = () => heard.flatMap((frame) => ('seq' in frame ? [frame.seq] : []));
  return { session, logs, following, seqs, closed, ended, network };
}

/** What a promise gives that waits for nothing but the engine's ticks. */
async function settled<T>(test: ReturnType<typeof createTestEngine>, promise: Promise<T>): Promise<T> {
  let over = false;
  const done = promise.finally(() => {
    over = true;
  });
  while (!over) await test.time.settle();
  return done;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

function engineWith(events: number) {
  const test = createTestEngine();
  test.domain.addLog(room, ada);
  for (let index = 0; index < events; index += 1) test.domain.append(room);
  return test;
}

describe('a foreign client that follows logs', () => {
  test('[L4] hears from the head on when it has no position', async () => {
    const test = engineWith(3);
    const client = await follower(test, new Map([[room, null]]));
    test.post(room);
    await test.time.settle();
    expect(client.seqs()).toEqual([4]);
    expect(client.logs.positions.get(room)).toEqual({ epoch: 1, seq: 4 });
  });

  test.each([0, 1, 128, 500, 501, 2_345])(
    '[L4] [L6] [L7] hears %i missed events once and in order, and goes on',
    async (missed) => {
      const test = engineWith(missed);
      const client = await follower(test, new Map([[room, { epoch: 1, seq: 0 }]]));
      test.post(room);
      await settled(test, client.following);
      await test.time.settle();
      expect(client.seqs()).toEqual(upTo(missed + 1));
    },
  );

  test('[L6] [L7] events that arrive while it pages come after what it missed', async () => {
    const test = engineWith(1_200);
    let posts = 0;
    test.domain.hold = (question) => {
      if (question === 'readLog' && posts < 5) test.post(room);
      if (question === 'readLog') posts += 1;
    };
    const client = await follower(test, new Map([[room, { epoch: 1, seq: 0 }]]));
    await settled(test, client.following);
    test.post(room);
    await test.time.settle();
    expect(posts).toBeGreaterThan(1);
    expect(client.seqs()).toEqual(upTo(test.domain.logs.get(room)?.events.length ?? 0));
  });

  test('[S1] is given history no faster than it takes it', async () => {
    const test = engineWith(3_000);
    const client = await follower(test, new Map());
    client.network.pending = 1_000_000;
    const following = client.logs.follow(new Map([[room, { epoch: 1, seq: 0 }]]));
    await test.time.settle();
    expect(client.seqs().length).toBe(0);
    client.network.pending = 0;
    client.session.drained();
    await settled(test, following);
    expect(client.seqs()).toEqual(upTo(3_000));
  });

  test('[L4] is told when a log is not its to hear, or has another history', async () => {
    const test = engineWith(3);
    const foreign = testLog(2);
    test.domain.addLog(foreign);
    const client = await follower(
      test,
      new Map([
        [foreign, null],
        [room, { epoch: 7, seq: 1 }],
      ]),
    );
    expect(client.closed).toEqual([`${foreign} forbidden`, `${room} epoch`]);
    expect(client.logs.positions.size).toBe(0);
  });

  test('[L10] hears nothing more once its right was taken away', async () => {
    const test = engineWith(1);
    const client = await follower(test, new Map([[room, null]]));
    test.bus.publish({ kind: 'revocation', revocation: test.domain.remove(room, ada) });
    test.post(room);
    await test.time.settle();
    expect(client.seqs()).toEqual([]);
    expect(client.closed).toEqual([`${room} forbidden`]);
  });

  test('[H8] is ended with its session', async () => {
    const test = engineWith(1);
    const client = await follower(test, new Map([[room, null]]));
    test.bus.publish({ kind: 'revocation', revocation: test.domain.endSessionsOf(ada) });
    await test.time.settle();
    expect(client.ended).toEqual(['session-revoked']);
    expect(client.session.isOver).toBe(true);
    client.session.left();
    expect(test.engine.stats().connections).toBe(0);
  });
});

describe('opening a session for a foreign client', () => {
  const link = { address: '127.0.0.1', client: 'test', pendingBytes: () => 0, event: () => {}, ended: () => {} };

  test.each([
    [null, 'unauthenticated'],
    ['no-such-token-is-known-here', 'unauthenticated'],
  ])('[H4] with the token %s is refused, and leaves nothing open', async (token, code) => {
    const test = engineWith(0);
    const parts = { reception: test.engine, report: () => {} };
    const opened = await settled(test, GatewaySession.open(parts, { token }, link));
    expect(opened).toMatchObject({ error: { code } });
    expect(test.engine.stats().connections).toBe(0);
  });

  test('a translation that fails ends its own connection and no other', async () => {
    const test = engineWith(0);
    const { token } = test.domain.addSession(ada);
    const other = await follower(test, new Map([[room, null]]));
    const reported: string[] = [];
    const opening = GatewaySession.open(
      { reception: test.engine, report: (_level, what) => void reported.push(what) },
      { token },
      {
        ...link,
        event: () => {
          throw new Error('a bug');
        },
      },
    );
    const opened = await settled(test, opening);
    if ('error' in opened) throw new Error(opened.error.code);
    await settled(test, opened.session.request('log.listen', { logs: [{ log: room, level: 'live' }] }));
    test.post(room);
    await test.time.settle();
    expect(reported).toEqual(['an event could not be translated']);
    expect(opened.session.isOver).toBe(true);
    expect(other.seqs()).toEqual([1]);
  });
});
