import type { SessionId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { createTestEngine, effects, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

describe('revocation', () => {
  it('[H8] ends the connections of a session, and only those', async () => {
    const { engine, domain, time, connect, post } = createTestEngine();
    domain.addLog(room, ada, bob);
    const clients = [
      await connect(ada, { session: 'gone' }),
      await connect(ada, { session: 'gone' }),
      await connect(ada, { session: 'stays' }),
      await connect(bob),
    ];
    for (const client of clients) client.listen({ log: room });
    await time.settle();
    engine.publish(effects({ revocations: [{ kind: 'session', session: 'gone' as SessionId }] }));
    post(room);
    await time.settle();
    expect(clients.map(({ peer }) => peer.closedWith)).toEqual(['session-revoked', 'session-revoked', null, null]);
    expect(clients.map((client) => client.seqsOf(room))).toEqual([[], [], [1], [1]]);
  });

  it('[H8] ends all connections of a user but those of the session that is kept', async () => {
    const { engine, domain, connect } = createTestEngine();
    const clients = [await connect(ada, { session: 'a' }), await connect(ada, { session: 'b' }), await connect(bob)];
    engine.publish(effects({ revocations: [domain.endSessionsOf(ada, 'b' as SessionId)] }));
    expect(clients.map(({ peer }) => peer.closedWith)).toEqual(['session-revoked', null, null]);
    engine.publish(effects({ revocations: [domain.endSessionsOf(ada)] }));
    expect(clients.map(({ peer }) => peer.closedWith)).toEqual(['session-revoked', 'session-revoked', null]);
  });

  it('[L10] closes a log as the last that is heard of it, for that user only', async () => {
    const { engine, domain, time, connect, post } = createTestEngine();
    domain.addLog(room, ada, bob);
    const [leaver, stayer] = [await connect(ada), await connect(bob)];
    for (const client of [leaver, stayer]) client.listen({ log: room });
    await time.settle();
    const leaving = domain.append(room, { notice: true });
    engine.publish(effects({ events: [leaving], revocations: [domain.remove(room, ada)] }));
    post(room);
    engine.publish(effects({ ephemerals: [{ topic: room, key: 'k', json: '{"event":"typing.changed"}' }] }));
    await time.settle();
    expect(leaver.peer.events.map(({ event }) => event)).toEqual(['room.renamed', 'log.closed']);
    expect(leaver.named('log.closed')).toEqual([{ event: 'log.closed', data: { log: room, reason: 'forbidden' } }]);
    expect(leaver.peer.closedWith).toBeNull();
    expect(stayer.seqsOf(room)).toEqual([1, 2]);
  });

  it('[L10] refuses a log whose right is taken away while listening begins', async () => {
    const { engine, domain, time, connect, post } = createTestEngine();
    domain.addLog(room, ada);
    const client = await connect(ada);
    let answer = (): void => {};
    domain.hold = () => new Promise((resolve) => (answer = resolve));
    const id = client.listen({ log: room });
    await time.settle();
    engine.publish(effects({ revocations: [domain.remove(room, ada)] }));
    answer();
    await time.settle();
    post(room);
    await time.settle();
    expect(client.peer.reply(id)).toEqual({
      reply: id,
      result: { logs: [{ log: room, status: 'failed', reason: 'forbidden' }] },
    });
    expect(client.peer.events).toEqual([]);
  });

  it('[L10] does not hand out a page to someone who loses the right while it is read', async () => {
    const { engine, domain, time, connect } = createTestEngine();
    domain.addLog(room, ada);
    domain.append(room, { text: 'private' });
    const client = await connect(ada);
    let answer = (): void => {};
    domain.hold = (question) => (question === 'readLog' ? new Promise((resolve) => (answer = resolve)) : undefined);
    const id = client.send('log.read', { log: room, after: 0 });
    await time.settle();
    engine.publish(effects({ revocations: [domain.remove(room, ada)] }));
    answer();
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ error: { code: 'not-found' } });
    expect(JSON.stringify(client.peer.frames)).not.toContain('private');
  });
});
