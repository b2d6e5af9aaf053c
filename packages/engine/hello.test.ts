import { toWireError } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { createTestEngine, effects, TestClient, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);

describe('hello', () => {
  it('[H1] opens the session and tells version, user, heartbeat, reconnect window and limits', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada, { session: 's1' });
    expect(client.peer.reply(1)).toEqual({
      reply: 1,
      result: {
        version: 1,
        user: ada,
        session: 's1',
        serverTime: time.nowMs,
        heartbeat: { intervalMs: 20_000, timeoutMs: 45_000 },
        reconnect: { minMs: 250, maxMs: 1_750 },
        limits: { frameBytes: 262_144, inFlight: 64, logs: 5_000 },
      },
    });
    expect(client.peer.closedWith).toBeNull();
  });

  it('[H1] ends the connection when something else comes first', async () => {
    const { engine, domain } = createTestEngine();
    const client = new TestClient(engine, { token: domain.addSession(ada).token });
    client.send('connection.ping');
    expect(client.peer.closedWith).toBe('unauthenticated');
    expect(client.peer.reply(1)).toBeUndefined();
  });

  it('[H1] ends the connection when something follows before the answer', async () => {
    const { engine, domain, time } = createTestEngine();
    const client = new TestClient(engine, { token: domain.addSession(ada).token });
    client.hello();
    client.send('room.join', {});
    await time.settle();
    expect(client.peer.closedWith).toBe('unauthenticated');
    expect(domain.executed).toEqual([]);
  });

  it('[H1] takes a second hello for a violation', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    client.hello();
    await time.settle();
    expect(client.peer.closedWith).toBe('malformed');
  });

  it('[H2] ends a connection that does not say hello in time, and leaves one that did', async () => {
    const { engine, connect, time } = createTestEngine({ helloMs: 5_000 });
    const silent = new TestClient(engine);
    const spoken = await connect(ada);
    await time.advance(4_900);
    expect(silent.peer.closedWith).toBeNull();
    await time.advance(400);
    expect(silent.peer.closedWith).toBe('hello-timeout');
    expect(spoken.peer.closedWith).toBeNull();
  });

  it('[H3] takes the newest version that both speak and ends with unsupported-version when there is none', async () => {
    const { engine, domain, time } = createTestEngine();
    const { token } = domain.addSession(ada);
    const both = new TestClient(engine, { token });
    both.send('connection.hello', { versions: [99, 1] });
    const none = new TestClient(engine, { token });
    none.send('connection.hello', { versions: [99] });
    await time.settle();
    expect(both.peer.reply(1)).toMatchObject({ result: { version: 1 } });
    expect(none.peer.reply(1)).toMatchObject({ error: { code: 'unsupported-version' } });
    expect(none.peer.closedWith).toBe('unsupported-version');
  });

  it('[H4] asks the door’s credentials first, then the token of the hello', async () => {
    const { engine, domain, time } = createTestEngine();
    const byDoor = domain.addSession(ada);
    const byHello = domain.addSession(testUser(2));
    const first = new TestClient(engine, { token: byDoor.token });
    first.hello(byHello.token);
    const second = new TestClient(engine);
    second.hello(byHello.token);
    const third = new TestClient(engine);
    third.hello();
    await time.settle();
    expect(first.peer.reply(1)).toMatchObject({ result: { user: ada } });
    expect(second.peer.reply(1)).toMatchObject({ result: { user: testUser(2) } });
    expect(third.peer.reply(1)).toMatchObject({ error: { code: 'unauthenticated' } });
    expect(third.peer.closedWith).toBe('unauthenticated');
  });

  it('[H7] does not send a client to sign in when the server merely cannot tell', async () => {
    const { engine, domain, time } = createTestEngine();
    domain.authenticate = async () => ({ error: toWireError('storage-unavailable') });
    const client = new TestClient(engine);
    client.hello('x'.repeat(20));
    await time.settle();
    expect(client.peer.reply(1)).toMatchObject({ error: { code: 'storage-unavailable' } });
    expect(client.peer.closedWith).toBe('overloaded');
  });

  it('[X2] tells a bug as internal, and logs it', async () => {
    const { engine, domain, time, reports } = createTestEngine();
    domain.authenticate = async () => {
      throw new Error('SELECT secret FROM users');
    };
    const client = new TestClient(engine);
    client.hello('x'.repeat(20));
    await time.settle();
    expect(client.peer.closedWith).toBe('internal');
    expect(JSON.stringify(client.peer.frames)).not.toContain('SELECT');
    expect(reports).toHaveLength(1);
  });

  it('[H8] does not open a session that is revoked while it is being authenticated', async () => {
    const { engine, domain, time } = createTestEngine();
    const { token, actor } = domain.addSession(ada);
    let answer = (): void => {};
    domain.hold = (question) =>
      question === 'authenticate' ? new Promise((resolve) => (answer = resolve)) : undefined;
    const client = new TestClient(engine, { token });
    client.hello();
    await time.settle();
    // The answer was made before the session went, and arrives after the news of it.
    domain.actors.delete(token);
    engine.publish(effects({ revocations: [{ kind: 'session', session: actor.session }] }));
    const late = answer;
    domain.hold = () => {};
    late();
    await time.settle();
    expect(client.peer.closedWith).toBe('unauthenticated');
    expect(client.peer.reply(1)).toMatchObject({ error: { code: 'unauthenticated' } });
  });

  it('waits in line when many come at once, and tells those beyond the line to come back', async () => {
    const { engine, domain, time } = createTestEngine({ authentications: 1, authenticationsWaiting: 1 });
    const waiting: (() => void)[] = [];
    domain.hold = () => new Promise((resolve) => waiting.push(resolve));
    const clients = [1, 2, 3].map((number) => {
      const client = new TestClient(engine, { token: domain.addSession(testUser(number)).token });
      client.hello();
      return client;
    });
    await time.settle();
    expect(clients.map(({ peer }) => peer.closedWith)).toEqual([null, null, 'overloaded']);
    expect(engine.refuses('10.0.0.1')).toBe('overloaded');
    while (waiting.length > 0) {
      waiting.shift()?.();
      await time.settle();
    }
    expect(clients.slice(0, 2).map(({ peer }) => peer.reply(1))).toMatchObject([{ result: {} }, { result: {} }]);
    expect(engine.refuses('10.0.0.1')).toBeUndefined();
  });

  it('[H6] says why it closes and, where coming back makes sense, when', async () => {
    const { engine, connect } = createTestEngine();
    const client = await connect(ada);
    client.session.receive('not a frame');
    expect(client.peer.closedWith).toBe('malformed');
    expect(client.named('connection.closing')).toEqual([
      { event: 'connection.closing', data: { reason: 'malformed', reconnect: null } },
    ]);
    const other = await connect(ada);
    other.session.violated('flooding');
    expect(other.named('connection.closing')).toEqual([
      { event: 'connection.closing', data: { reason: 'flooding', reconnect: { minMs: 250, maxMs: 1_750 } } },
    ]);
    expect(engine.stats().connections).toBe(0);
  });

  it('[H6] widens the reconnect window with the number of connections', async () => {
    const { engine, connect } = createTestEngine({ welcomesPerSecond: 1 });
    const clients = await Promise.all([1, 2, 3, 4, 5].map((number) => connect(testUser(number))));
    clients[0]?.session.violated('flooding');
    expect(clients[0]?.named('connection.closing')).toMatchObject([{ data: { reconnect: { maxMs: 5_250 } } }]);
    expect(engine.stats().connections).toBe(4);
  });

  it('hears nothing of a connection that its door has closed', async () => {
    const { connect, domain, time, post } = createTestEngine();
    const room = testLog(1);
    domain.addLog(room, ada);
    const client = await connect(ada);
    client.listen({ log: room });
    await time.settle();
    client.session.closed();
    client.session.closed();
    client.peer.clear();
    post(room);
    client.send('connection.ping');
    client.session.drained();
    client.session.alive();
    await time.settle();
    expect(client.peer.writes).toEqual([]);
  });
});
