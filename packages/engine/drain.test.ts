import { describe, expect, it } from 'vitest';
import { createTestEngine, TestClient, TestCluster, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);

describe('draining', () => {
  it('lets nobody in, and ends everyone with a window to come back in', async () => {
    const { engine, connect, time } = createTestEngine();
    const clients = [await connect(ada), await connect(testUser(2)), new TestClient(engine)];
    let done = false;
    const drained = engine.drain().then(() => {
      done = true;
    });
    expect(engine.refuses('10.0.0.1')).toBe('draining');
    await time.settle();
    for (const client of clients) {
      expect(client.peer.closedWith).toBe('draining');
      expect(client.named('connection.closing')).toMatchObject([
        { data: { reason: 'draining', reconnect: { minMs: 250 } } },
      ]);
    }
    await drained;
    expect(done).toBe(true);
  });

  it('[C1] finishes what is under way, and takes nothing new', async () => {
    const { engine, connect, domain, time } = createTestEngine();
    const client = await connect(ada);
    let finish = (): void => {};
    domain.onExecute = () => new Promise((resolve) => (finish = () => resolve({ result: { stored: true } })));
    const underWay = client.send('message.post');
    await time.settle();
    const drained = engine.drain();
    const late = client.send('message.post');
    await time.advance(500);
    expect(client.peer.closedWith).toBeNull();
    expect(client.peer.reply(late)).toMatchObject({ error: { code: 'draining' } });
    finish();
    await time.advance(500);
    expect(client.peer.reply(underWay)).toMatchObject({ result: { stored: true } });
    expect(client.peer.closedWith).toBe('draining');
    await drained;
  });

  it('does not wait for ever', async () => {
    const { engine, connect, domain, time } = createTestEngine({ drainMs: 3_000 });
    domain.hold = (question) => (question === 'execute' ? new Promise(() => {}) : undefined);
    const client = await connect(ada);
    client.send('message.post');
    const drained = engine.drain();
    await time.advance(2_900);
    expect(client.peer.closedWith).toBeNull();
    await time.advance(200);
    expect(client.peer.closedWith).toBe('draining');
    await drained;
  });

  it('ends all connections at once when there is no other node to go to', async () => {
    const { engine, connect } = createTestEngine({ drainSlice: 2, drainSliceMs: 100 });
    const clients = await Promise.all([1, 2, 3, 4, 5].map((number) => connect(testUser(number))));
    const drained = engine.drain();
    expect(clients.map(({ peer }) => peer.closedWith)).toEqual(new Array(5).fill('draining'));
    await drained;
    expect(engine.stats()).toMatchObject({ connections: 0, sessions: 0, listeners: 0 });
  });

  it('sends connections to the other nodes a slice at a time, and serves them until it is their turn', async () => {
    const limits = { drainSlice: 2, drainSliceMs: 100, reconnectMinMs: 250, drainWindowMs: 500 };
    const cluster = new TestCluster(limits);
    const [leaving] = [cluster.start('one'), cluster.start('two')];
    await cluster.time.advance(2_000);
    const clients: TestClient[] = [];
    for (const number of [1, 2, 3, 4, 5]) clients.push(await leaving.connect(testUser(number)));
    const ended = () => clients.filter(({ peer }) => peer.closedWith !== null).length;
    const drained = leaving.engine.drain();
    expect(ended()).toBe(2);
    expect(clients[0]?.named('connection.closing')).toMatchObject([
      { data: { reason: 'draining', reconnect: { minMs: 250, maxMs: 750 } } },
    ]);
    const last = clients[4];
    const served = last?.send('message.post') ?? 0;
    await cluster.time.settle();
    expect(last?.peer.reply(served)).toMatchObject({ result: {} });
    await cluster.time.advance(100);
    expect(ended()).toBe(4);
    await cluster.time.advance(200);
    expect(ended()).toBe(5);
    await drained;
  });

  it('is done within its time however many there are', async () => {
    const cluster = new TestCluster({ drainSlice: 1, drainSliceMs: 100, drainSpreadMs: 1_000 });
    const [leaving] = [cluster.start('one'), cluster.start('two')];
    await cluster.time.advance(2_000);
    for (let number = 1; number <= 40; number += 1) await leaving.connect(testUser(number));
    const drained = leaving.engine.drain();
    await cluster.time.advance(1_000);
    expect(leaving.engine.stats()).toMatchObject({ connections: 0, sessions: 0 });
    await drained;
  });

  it('says of everyone when they were last seen, and asks the domain nothing afterwards', async () => {
    const { engine, connect, domain, time } = createTestEngine();
    const offline: string[] = [];
    engine.presence.onOffline((user) => offline.push(user));
    const room = testLog(1);
    domain.addLog(room, ada);
    const client = await connect(ada);
    client.listen({ log: room });
    await time.settle();
    await Promise.all([engine.drain(), time.settle()]);
    expect(offline).toEqual([ada]);
    let questions = 0;
    domain.hold = () => {
      questions += 1;
    };
    await time.advance(120_000);
    expect(questions).toBe(0);
    expect(offline).toEqual([ada]);
  });
});
