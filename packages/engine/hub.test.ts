import { describe, expect, it } from 'vitest';
import { createTestEngine, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const room = testLog(1);

async function listening(limits: Parameters<typeof createTestEngine>[0] = {}) {
  const setUp = createTestEngine(limits);
  setUp.domain.addLog(room, ada);
  const client = await setUp.connect(ada);
  client.listen({ log: room });
  await setUp.time.settle();
  return { ...setUp, client };
}

describe('the hub', () => {
  it('tells a live listener what one turn brought in one write', async () => {
    const { client, post, time } = await listening();
    client.peer.clear();
    for (let i = 0; i < 3; i += 1) post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([1, 2, 3]);
    expect(client.peer.writes).toHaveLength(1);
  });

  it('tells what a turn brought before a client listens anew in its middle', async () => {
    const { client, post, time } = await listening();
    post(room);
    client.listen({ log: room });
    await time.settle();
    expect(client.seqsOf(room)).toEqual([1]);
  });

  it('tells a connection that is closed what happened before in the same turn', async () => {
    const { client, domain, bus, post } = await listening();
    const [session] = [...domain.actors.values()].map((actor) => actor.session);
    if (session === undefined) throw new Error('There is no session.');
    post(room);
    bus.publish({ kind: 'revocation', revocation: { kind: 'session', session } });
    expect(client.seqsOf(room)).toEqual([1]);
    expect(client.peer.events.at(-1)).toMatchObject({ event: 'connection.closing' });
  });

  it('drops what it has told already', async () => {
    const { client, domain, bus, time } = await listening();
    const event = domain.append(room);
    bus.publish({ kind: 'event', event });
    bus.publish({ kind: 'event', event });
    time.tick();
    expect(client.seqsOf(room)).toEqual([1]);
  });

  it('[L9] reads what it only heard the head of', async () => {
    const { client, domain, bus, time } = await listening();
    for (let count = 0; count < 3; count += 1) domain.append(room);
    bus.publish({ kind: 'head', log: room, head: { epoch: 1, seq: 3, count: 3 } });
    await time.settle();
    expect(client.seqsOf(room)).toEqual([1, 2, 3]);
    bus.publish({ kind: 'head', log: room, head: { epoch: 1, seq: 2, count: 2 } });
    await time.settle();
    expect(client.seqsOf(room)).toEqual([1, 2, 3]);
  });

  it('[L9] [L7] reads what it heard the head of while it asked for the head itself', async () => {
    const { client, domain, bus, time, engine } = await listening();
    const other = testLog(2);
    domain.addLog(other, ada);
    const audible = domain.mayListen.bind(domain);
    domain.mayListen = async (actor, logs) => {
      const heads = await audible(actor, logs);
      domain.append(other);
      bus.publish({ kind: 'head', log: other, head: { epoch: 1, seq: 1, count: 1 } });
      return heads;
    };
    client.listen({ log: other });
    await time.settle();
    expect(client.seqsOf(other)).toEqual([1]);
    expect(engine.stats().listenedLogs).toBe(2);
  });

  it('[L9] brings events back into their order', async () => {
    const { client, domain, bus, time } = await listening();
    const [first, second, third] = [domain.append(room), domain.append(room), domain.append(room)];
    domain.hold = () => new Promise(() => {});
    for (const event of [third, second, first]) bus.publish({ kind: 'event', event });
    time.tick();
    expect(client.seqsOf(room)).toEqual([1, 2, 3]);
  });

  it('reads from the log what the bus lost, when a later event shows it', async () => {
    const { client, domain, post, time } = await listening();
    for (let i = 0; i < 20; i += 1) domain.append(room);
    post(room);
    await time.settle();
    expect(client.seqsOf(room)).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    expect(domain.reads).toHaveLength(1);
  });

  it('finds a last event that the bus lost by sweeping the heads', async () => {
    const { client, domain, time } = await listening();
    domain.append(room);
    await time.advance(1_000);
    expect(client.seqsOf(room)).toEqual([]);
    await time.advance(1_500);
    expect(client.seqsOf(room)).toEqual([1]);
  });

  it('goes on when the log cannot be read, and repairs later', async () => {
    const { client, domain, post, time, reports } = await listening();
    domain.hold = () => Promise.reject(new Error('no disk'));
    domain.append(room);
    post(room);
    await time.advance(2_000);
    expect(client.seqsOf(room)).toEqual([]);
    expect(reports.length).toBeGreaterThan(0);
    domain.hold = () => {};
    await time.advance(2_000);
    expect(client.seqsOf(room)).toEqual([1, 2]);
  });

  it('misses nothing that arrives while the head of a new log is being asked for', async () => {
    const { domain, connect, post, time } = createTestEngine();
    domain.addLog(room, ada);
    const client = await connect(ada);
    let answer = (): void => {};
    domain.hold = () => new Promise((resolve) => (answer = resolve));
    const id = client.listen({ log: room, after: 0, epoch: 1 });
    await time.settle();
    post(room);
    answer();
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { logs: [{ seq: 1, events: [{ seq: 1 }] }] } });
    expect(domain.reads).toEqual([]);
  });

  it('tells of logs that nobody listens to nothing, and keeps nothing of them', async () => {
    const { engine, domain, post, time, client } = await listening();
    domain.addLog(testLog(2), ada);
    post(testLog(2));
    await time.settle();
    expect(client.peer.events).toEqual([]);
    expect(engine.stats()).toMatchObject({ listenedLogs: 1, eventsFannedOut: 0 });
  });

  it.each(['an event', 'the sweep'])('closes a log whose history was rewritten, told by %s', async (how) => {
    const { client, domain, bus, post, time, engine } = await listening();
    post(room);
    domain.rewrite(room);
    const event = domain.append(room);
    if (how === 'an event') bus.publish({ kind: 'event', event });
    await time.advance(2_000);
    expect(client.named('log.closed')).toEqual([{ event: 'log.closed', data: { log: room, reason: 'epoch' } }]);
    post(room);
    await time.settle();
    expect(client.seqsOf(room)).toEqual([1]);
    expect(engine.stats().listeners).toBe(0);
    client.listen({ log: room, after: 0, epoch: 2 });
    await time.settle();
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([1, 3]);
  });

  it('comes back to an event that was announced before it could be read', async () => {
    const { client, domain, bus, time } = await listening();
    const [first, second] = [domain.append(room), domain.append(room)];
    const events = domain.logs.get(room)?.events ?? [];
    events.length = 0;
    bus.publish({ kind: 'event', event: second });
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    events.push(first, second);
    await time.advance(2_500);
    expect(client.seqsOf(room)).toEqual([1, 2]);
  });

  it('fails a log whose history is rewritten while listening begins', async () => {
    const { domain, connect, bus, time } = createTestEngine();
    domain.addLog(room, ada);
    const client = await connect(ada);
    let answer = (): void => {};
    domain.hold = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const id = client.listen({ log: room, after: 0, epoch: 1 });
    await time.settle();
    domain.rewrite(room);
    bus.publish({ kind: 'event', event: domain.append(room) });
    answer();
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { logs: [{ status: 'failed', reason: 'epoch' }] } });
  });

  it('fails a log that was listened to already and is found rewritten when listening begins again', async () => {
    const { client, domain, time, engine } = await listening();
    domain.rewrite(room);
    const id = client.listen({ log: room, level: 'passive', after: 0, epoch: 1 });
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { logs: [{ status: 'failed', reason: 'epoch' }] } });
    expect(engine.stats().listeners).toBe(0);
    const again = client.listen({ log: room });
    await time.settle();
    expect(client.peer.reply(again)).toMatchObject({ result: { logs: [{ status: 'listening', epoch: 2 }] } });
  });

  it('ignores events of a history that was rewritten', async () => {
    const { client, domain, bus, time } = createTestEngineWithEpoch2();
    const listener = await client;
    bus.publish({ kind: 'event', event: { ...domain.append(room), epoch: 1 } });
    time.tick();
    expect(listener.seqsOf(room)).toEqual([]);
  });

  it('encodes an event once, however many hear it', async () => {
    const { domain, connect, time, post } = createTestEngine();
    domain.addLog(room, ada);
    const clients = await Promise.all(Array.from({ length: 20 }, () => connect(ada)));
    for (const client of clients) client.listen({ log: room });
    await time.settle();
    for (const client of clients) client.peer.clear();
    post(room);
    post(room);
    time.tick();
    const buffers = new Set(clients.map(({ peer }) => peer.writes[0]));
    expect(buffers.size).toBe(1);
    expect(clients.every(({ peer }) => peer.writes.length === 1)).toBe(true);
  });
});

function createTestEngineWithEpoch2() {
  const setUp = createTestEngine();
  setUp.domain.addLog(room, ada);
  setUp.domain.rewrite(room);
  const client = setUp.connect(ada).then(async (one) => {
    one.listen({ log: room });
    await setUp.time.settle();
    return one;
  });
  return { ...setUp, client };
}
