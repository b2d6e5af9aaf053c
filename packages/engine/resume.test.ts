import { describe, expect, it } from 'vitest';
import { createTestEngine, type MemoryDomain, TestClient, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const room = testLog(1);
const other = testLog(2);

function fill(domain: MemoryDomain, count: number, options: Parameters<MemoryDomain['append']>[1] = {}): void {
  for (let i = 0; i < count; i += 1) domain.append(room, options);
}

/** An engine, a room with `count` events, and a client that may listen to it. */
async function withEvents(count: number, limits: Parameters<typeof createTestEngine>[0] = {}) {
  const setUp = createTestEngine(limits);
  setUp.domain.addLog(room, ada);
  fill(setUp.domain, count);
  const client = await setUp.connect(ada);
  const listen = async (...requests: Parameters<TestClient['listen']>) => {
    const id = client.listen(...requests);
    await setUp.time.settle();
    return client.peer.reply(id) as { result: { logs: { status: string; seq: number; events: { seq: number }[] }[] } };
  };
  return { ...setUp, client, listen };
}

describe('listening', () => {
  it('does not begin for a connection that ended while it waited for its turn', async () => {
    const { client, domain, engine, post, time } = await withEvents(1);
    const asked = Promise.withResolvers<void>();
    domain.hold = (question) => (question === 'mayListen' ? asked.promise : undefined);
    client.listen({ log: room });
    client.listen({ log: room, level: 'passive' });
    client.session.closed();
    asked.resolve();
    await time.settle();
    const { deliveries } = engine.stats();
    post(room);
    await time.settle();
    expect(engine.stats().deliveries).toBe(deliveries);
    await time.advance(120_000);
    expect(engine.stats().listenedLogs).toBe(0);
  });

  it('[L4] answers with everything after the cursor, and everything after that follows', async () => {
    const { client, listen, post, time } = await withEvents(5);
    const reply = await listen({ log: room, after: 2, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ log: room, status: 'listening', epoch: 1, seq: 5, count: 5 }]);
    expect(reply.result.logs[0]?.events.map(({ seq }) => seq)).toEqual([3, 4, 5]);
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([6]);
  });

  it('[F4] answers with the very bytes of the stored events', async () => {
    const { client, listen, domain } = await withEvents(3);
    await listen({ log: room, after: 0, epoch: 1 });
    const stored = domain.logs
      .get(room)
      ?.events.map(({ json }) => json)
      .join(',');
    expect(Buffer.concat(client.peer.writes).toString()).toContain(`"events":[${stored}]`);
  });

  it('[L4] starts at the head and sends no history without a cursor', async () => {
    const { listen, domain } = await withEvents(5);
    const reply = await listen({ log: room });
    expect(reply.result.logs).toMatchObject([{ status: 'listening', seq: 5, events: [] }]);
    expect(domain.reads).toEqual([]);
  });

  it('[L4] needs no history for a client that is at the head', async () => {
    const { listen, domain } = await withEvents(5);
    const reply = await listen({ log: room, after: 5, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ status: 'listening', seq: 5, events: [] }]);
    expect(domain.reads).toEqual([]);
  });

  it('[L4] answers many logs in one frame, each by itself', async () => {
    const { domain, client, time } = await withEvents(600);
    domain.addLog(other, ada);
    domain.append(other);
    const gone = testLog(77);
    const id = client.listen(
      { log: room, after: 0, epoch: 1 },
      { log: other, after: 0, epoch: 1 },
      { log: gone, after: 0, epoch: 1 },
    );
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({
      result: {
        logs: [
          { log: room, status: 'behind', epoch: 1, seq: 600, count: 600 },
          { log: other, status: 'listening', seq: 1 },
          { log: gone, status: 'failed', reason: 'forbidden' },
        ],
      },
    });
  });

  it('[L4] tells what happened while the answer was made after the answer, once', async () => {
    const { client, domain, post, time } = await withEvents(3);
    const held: (() => void)[] = [];
    domain.hold = () => new Promise((resolve) => held.push(resolve));
    const id = client.listen({ log: room, after: 0, epoch: 1 });
    await time.settle();
    post(room);
    for (let answers = 0; answers < 5; answers += 1) {
      held.shift()?.();
      await time.settle();
    }
    const replyAt = client.peer.frames.findIndex((frame) => 'reply' in frame && frame.reply === id);
    const eventsBefore = client.peer.frames.slice(0, replyAt).filter((frame) => 'event' in frame);
    expect(eventsBefore).toEqual([]);
    const { result } = client.peer.reply(id) as { result: { logs: { events: { seq: number }[] }[] } };
    const answered = result.logs[0]?.events.map(({ seq }) => seq) ?? [];
    expect([...answered, ...client.seqsOf(room)]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['the epoch is another', { after: 2, epoch: 7 }],
    ['the cursor is beyond the head', { after: 9, epoch: 1 }],
  ])('[L4] fails with epoch when %s, and does not listen', async (_, cursor) => {
    const { client, listen, post, time, engine } = await withEvents(5);
    const reply = await listen({ log: room, ...cursor });
    expect(reply.result.logs).toEqual([{ log: room, status: 'failed', reason: 'epoch' }]);
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([]);
    expect(engine.stats().listeners).toBe(0);
  });

  it('[L6] is behind when more was missed than one answer holds, and pages skip nothing', async () => {
    const { client, listen, post, time } = await withEvents(1_205);
    const reply = await listen({ log: room, after: 0, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ status: 'behind', seq: 1_205 }]);
    const seen: number[] = [];
    while (seen.length < 1_205) {
      const id = client.send('log.read', { log: room, after: seen.length });
      await time.settle();
      const { result } = client.peer.reply(id) as { result: { seq: number; events: { seq: number }[] } };
      expect(result.seq).toBe(1_205);
      seen.push(...result.events.map(({ seq }) => seq));
    }
    expect(seen).toEqual(Array.from({ length: 1_205 }, (_, index) => index + 1));
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([1_206]);
  });

  it('is behind when what was missed is too much in characters, and pages are bounded the same way', async () => {
    const { client, listen, domain, time } = await withEvents(0, { answerChars: 3_000 });
    fill(domain, 10, { text: 'x'.repeat(1_000) });
    const reply = await listen({ log: room, after: 0, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ status: 'behind' }]);
    const id = client.send('log.read', { log: room, after: 0 });
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { seq: 10, events: [{ seq: 1 }, { seq: 2 }] } });
  });

  it('a page holds at least one event, however large', async () => {
    const { client, domain, time } = await withEvents(0, { answerChars: 100 });
    fill(domain, 2, { text: 'x'.repeat(1_000) });
    const id = client.send('log.read', { log: room, after: 0, limit: 5 });
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { events: [{ seq: 1 }] } });
  });

  it('[L5] tells a passive listener notices in full, and otherwise the head, coalesced', async () => {
    const { client, listen, post, time } = await withEvents(1);
    await listen({ log: room, level: 'passive' });
    for (let i = 0; i < 10; i += 1) post(room);
    post(room, { notice: true });
    time.tick();
    expect(client.seqsOf(room)).toEqual([12]);
    expect(client.named('log.head')).toEqual([]);
    await time.advance(600);
    expect(client.named('log.head')).toEqual([
      { event: 'log.head', data: { log: room, epoch: 1, seq: 12, count: 11 } },
    ]);
    await time.advance(2_000);
    expect(client.named('log.head')).toHaveLength(1);
  });

  it('[L5] resumes a passive listener with the notices that it missed', async () => {
    const { listen, domain } = await withEvents(600);
    domain.append(room, { notice: true });
    domain.append(room);
    const reply = await listen({ log: room, level: 'passive', after: 0, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ status: 'listening', seq: 602, count: 601 }]);
    expect(reply.result.logs[0]?.events.map(({ seq }) => seq)).toEqual([601]);
  });

  it('[L5] is behind for a passive listener that missed more notices than one answer holds', async () => {
    const { listen, domain } = await withEvents(0);
    fill(domain, 501, { notice: true });
    const reply = await listen({ log: room, level: 'passive', after: 0, epoch: 1 });
    expect(reply.result.logs).toMatchObject([{ status: 'behind', seq: 501 }]);
  });

  it('changes the level when listening begins again', async () => {
    const { client, listen, post, time, engine } = await withEvents(1);
    await listen({ log: room, level: 'passive' });
    await listen({ log: room, level: 'live', after: 1, epoch: 1 });
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([2]);
    await listen({ log: room, level: 'passive', after: 2, epoch: 1 });
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([2]);
    expect(engine.stats().listeners).toBe(1);
  });

  it('stops when asked to', async () => {
    const { client, listen, post, time } = await withEvents(1);
    await listen({ log: room });
    const id = client.send('log.unlisten', { logs: [room, other] });
    await time.settle();
    expect(client.peer.reply(id)).toEqual({ reply: id, result: {} });
    post(room);
    await time.advance(1_000);
    expect(client.peer.events).toEqual([]);
  });

  it('refuses more logs than a connection may listen to', async () => {
    const { client, domain, time } = await withEvents(1, { logs: 1 });
    domain.addLog(other, ada);
    const both = client.listen({ log: room }, { log: other });
    await time.settle();
    expect(client.peer.reply(both)).toMatchObject({ error: { code: 'limit-reached', details: { limit: 1 } } });
    const one = client.listen({ log: room });
    await time.settle();
    expect(client.peer.reply(one)).toMatchObject({ result: { logs: [{ status: 'listening' }] } });
  });

  it('[C5] goes on as before when the log could not be read', async () => {
    const { client, listen, domain, post, time, engine } = await withEvents(5);
    await listen({ log: room });
    domain.addLog(other, ada);
    domain.hold = () => Promise.reject(new Error('no disk'));
    const id = client.listen({ log: room, level: 'passive' }, { log: other });
    post(room);
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ error: { code: 'internal' } });
    domain.hold = () => {};
    post(room);
    await time.advance(2_000);
    expect(client.seqsOf(room)).toEqual([6, 7]);
    expect(engine.stats().listeners).toBe(1);
  });

  it('does not reach the database for each of those who come back at the same time', async () => {
    const { engine, domain, time } = await withEvents(100);
    const clients = Array.from({ length: 50 }, () => new TestClient(engine, { token: domain.addSession(ada).token }));
    for (const client of clients) client.hello();
    await time.settle();
    const ids = clients.map((client) => client.listen({ log: room, after: 80, epoch: 1 }));
    await time.settle();
    for (const [index, client] of clients.entries()) {
      const reply = client.peer.reply(ids[index] as number) as { result: { logs: { events: unknown[] }[] } };
      expect(reply.result.logs[0]?.events).toHaveLength(20);
    }
    expect(domain.reads).toHaveLength(1);
  });

  it('keeps a log warm for a while after its last listener has gone', async () => {
    const { client, listen, post, connect, time, domain, engine } = await withEvents(0);
    await listen({ log: room });
    for (let i = 0; i < 10; i += 1) post(room);
    client.session.closed();
    post(room);
    const back = await connect(ada);
    const id = back.listen({ log: room, after: 5, epoch: 1 });
    await time.settle();
    expect(back.peer.reply(id)).toMatchObject({ result: { logs: [{ status: 'listening', seq: 11 }] } });
    expect(domain.reads).toEqual([]);
    back.session.closed();
    await time.advance(62_000);
    expect(engine.stats()).toMatchObject({ listenedLogs: 0, hotWindowBytes: 0 });
  });

  it('[L13] tells nobody from memory what was deleted', async () => {
    const { listen, domain, post, client, time } = await withEvents(0);
    await listen({ log: room });
    post(room, { text: 'secret' });
    post(room, { text: 'fine' });
    const events = domain.logs.get(room)?.events ?? [];
    events[0] = { ...(events[0] as (typeof events)[number]), json: '{"event":"message.posted","seq":1,"wiped":true}' };
    post(room, { redacts: true });
    await time.settle();
    client.peer.clear();
    await listen({ log: room, after: 0, epoch: 1 });
    client.send('log.read', { log: room, after: 0 });
    await time.settle();
    const told = JSON.stringify(client.peer.frames);
    expect(told).toContain('fine');
    expect(told).not.toContain('secret');
  });

  it('[L13] does not keep in memory what was read before it was deleted', async () => {
    const { listen, domain, post, client, time, connect } = await withEvents(0);
    domain.append(room, { text: 'secret' });
    await listen({ log: room });
    let finish = (): void => {};
    domain.hold = (question) => (question === 'readLog' ? new Promise((resolve) => (finish = resolve)) : undefined);
    client.listen({ log: room, after: 0, epoch: 1 });
    await time.settle();
    domain.hold = () => {};
    const events = domain.logs.get(room)?.events ?? [];
    events[0] = { ...(events[0] as (typeof events)[number]), json: '{"event":"message.posted","seq":1,"wiped":true}' };
    post(room, { redacts: true });
    finish();
    await time.settle();
    const late = await connect(ada);
    late.listen({ log: room, after: 0, epoch: 1 });
    await time.settle();
    expect(JSON.stringify(client.peer.frames)).not.toContain('secret');
    expect(JSON.stringify(late.peer.frames)).toContain('wiped');
    expect(JSON.stringify(late.peer.frames)).not.toContain('secret');
  });

  it('serves log.read without a connection, after the same question', async () => {
    const { engine, domain } = await withEvents(3);
    const { actor } = domain.addSession(ada);
    const answer = await engine.readLog(actor, { log: room, after: 1, limit: 1 });
    expect('json' in answer && JSON.parse(answer.json)).toMatchObject({
      epoch: 1,
      seq: 3,
      count: 3,
      events: [{ seq: 2 }],
    });
    const stranger = domain.addSession(testUser(9)).actor;
    expect(await engine.readLog(stranger, { log: room, after: 0 })).toMatchObject({ error: { code: 'not-found' } });
    expect(await engine.readLog(actor, { log: other, after: 0 })).toMatchObject({ error: { code: 'not-found' } });
    expect(await engine.readLog(actor, { log: room })).toMatchObject({ error: { code: 'invalid-params' } });
  });
});
