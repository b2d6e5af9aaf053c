import { describe, expect, it } from 'vitest';
import { createTestEngine, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

const tight = { softQueueBytes: 2_000, hardQueueBytes: 20_000, catchUpChars: 500, hotWindowEvents: 10 };

/** A connection that does not read, and one that does, in one room. */
async function slowAndQuick(limits: Parameters<typeof createTestEngine>[0] = {}) {
  const setUp = createTestEngine({ ...tight, ...limits });
  const { domain, connect, time, post } = setUp;
  domain.addLog(room, ada, bob);
  const [slow, quick] = [await connect(ada), await connect(bob)];
  for (const client of [slow, quick]) client.listen({ log: room });
  await time.settle();
  slow.peer.paused = true;
  const postMany = (count: number, options: Parameters<typeof post>[1] = {}): void => {
    for (let i = 0; i < count; i += 1) {
      post(room, { text: 'x'.repeat(50), ...options });
      time.tick();
    }
  };
  const read = (): void => {
    slow.peer.paused = false;
    slow.peer.read();
    slow.session.drained();
  };
  return { ...setUp, slow, quick, postMany, read };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a slow connection', () => {
  it('[S1] lags above the soft bound: nothing more is queued, and the others hear everything', async () => {
    const { engine, slow, quick, postMany } = await slowAndQuick();
    postMany(200);
    expect(engine.stats().lagging).toBe(1);
    expect(slow.peer.pendingBytes()).toBeLessThan(3_000);
    expect(quick.seqsOf(room)).toEqual(upTo(200));
  });

  it.each([
    ['from the hot window', 15],
    ['from the log', 300],
  ])('[S1] is given what it missed, in order, when it reads again: %s', async (_, count) => {
    const { engine, slow, postMany, read, time } = await slowAndQuick({ hotWindowEvents: 12 });
    postMany(count);
    read();
    await time.settle();
    expect(slow.seqsOf(room)).toEqual(upTo(count));
    expect(engine.stats().lagging).toBe(0);
    postMany(2);
    expect(slow.seqsOf(room)).toEqual(upTo(count + 2));
  });

  it('[S1] is given no more than it takes', async () => {
    const { slow, postMany, time } = await slowAndQuick();
    postMany(300);
    for (let round = 0; round < 200; round += 1) {
      slow.peer.read();
      slow.session.drained();
      await time.settle();
      expect(slow.peer.pendingBytes()).toBeLessThan(4_000);
    }
    slow.peer.paused = false;
    slow.session.drained();
    await time.settle();
    expect(slow.seqsOf(room)).toEqual(upTo(300));
  });

  it('[S1] catches up although its door forgets to say that it reads', async () => {
    const { slow, postMany, time } = await slowAndQuick();
    postMany(50);
    slow.peer.paused = false;
    slow.peer.read();
    await time.advance(1_500);
    expect(slow.seqsOf(room)).toEqual(upTo(50));
  });

  it('[S1] is not cut for a burst that is large but gets through', async () => {
    const { slow, quick, post, time } = await slowAndQuick();
    slow.peer.paused = false;
    for (let i = 0; i < 100; i += 1) post(room, { text: 'x'.repeat(50) });
    await time.settle();
    expect(slow.seqsOf(room)).toEqual(upTo(100));
    expect(quick.seqsOf(room)).toEqual(upTo(100));
  });

  it('[S1] still gets one event that is larger than the bound', async () => {
    const { slow, quick, post, time, engine } = await slowAndQuick();
    post(room, { text: 'x'.repeat(5_000) });
    time.tick();
    expect(quick.seqsOf(room)).toEqual([1]);
    expect(slow.seqsOf(room)).toEqual([1]);
    expect(engine.stats().lagging).toBe(1);
  });

  it('[S1] listens passively and then is told missed notices and the head', async () => {
    const { slow, postMany, post, read, time } = await slowAndQuick();
    slow.listen({ log: room, level: 'passive' });
    await time.settle();
    const other = testLog(2);
    postMany(10, { notice: true });
    postMany(20);
    post(room, { notice: true });
    await time.advance(1_000);
    read();
    await time.settle();
    expect(slow.seqsOf(room).slice(-2)).toEqual([10, 31]);
    expect(slow.named('log.head').at(-1)).toMatchObject({ data: { seq: 31 } });
    expect(slow.seqsOf(other)).toEqual([]);
  });

  it('[C1] still gets the answers to its own commands', async () => {
    const { slow, postMany, time } = await slowAndQuick();
    postMany(100);
    const id = slow.send('connection.ping');
    await time.settle();
    expect(slow.peer.reply(id)).toBeDefined();
  });

  it('[S2] ends above the hard bound', async () => {
    const { slow, postMany, time, domain } = await slowAndQuick();
    postMany(100);
    domain.onExecute = async () => ({ result: 'x'.repeat(5_000) });
    for (let i = 0; i < 3; i += 1) slow.send('message.list');
    await time.settle();
    expect(slow.peer.closedWith).toBeNull();
    for (let i = 0; i < 3; i += 1) slow.send('message.list');
    await time.settle();
    expect(slow.peer.closedWith).toBe('too-slow');
    expect(slow.named('connection.closing')).toMatchObject([
      { data: { reason: 'too-slow', reconnect: { minMs: 250 } } },
    ]);
  });

  it('[S2] ends after lagging for too long', async () => {
    const { slow, quick, postMany, time } = await slowAndQuick();
    postMany(100);
    for (let i = 0; i < 6; i += 1) {
      await time.advance(9_000);
      slow.session.alive();
      quick.session.alive();
    }
    expect(slow.peer.closedWith).toBeNull();
    await time.advance(9_000);
    expect(slow.peer.closedWith).toBe('too-slow');
    expect(quick.peer.closedWith).toBeNull();
  });

  it('[L10] hears nothing of a log that was closed while it lagged', async () => {
    const { slow, postMany, read, time, bus, domain } = await slowAndQuick();
    postMany(100);
    const before = slow.seqsOf(room).length;
    bus.publish({ kind: 'revocation', revocation: domain.remove(room, ada) });
    read();
    await time.settle();
    expect(slow.seqsOf(room)).toHaveLength(before);
    expect(slow.named('log.closed')).toHaveLength(1);
  });

  it('is told to load a log anew when what it missed is not there any more', async () => {
    const { slow, postMany, read, time, domain } = await slowAndQuick();
    postMany(100);
    domain.logs.get(room)?.events.splice(0, 60);
    read();
    await time.settle();
    expect(slow.named('log.closed')).toMatchObject([{ data: { log: room, reason: 'epoch' } }]);
  });

  it('tries again when the log cannot be read', async () => {
    const { slow, postMany, read, time, domain, reports } = await slowAndQuick();
    postMany(100);
    domain.hold = () => Promise.reject(new Error('no disk'));
    read();
    await time.settle();
    expect(reports.at(-1)).toMatchObject({ level: 'warn' });
    domain.hold = () => {};
    await time.advance(1_500);
    expect(slow.seqsOf(room)).toEqual(upTo(100));
  });
});
