import { describe, expect, it } from 'vitest';
import { createTestEngine, type MemoryDomain, type TestClient, testUser } from '../testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);

/** As the domain does it: both are commands about the asking connection. */
function withPresenceCommands(domain: MemoryDomain): void {
  domain.onExecute = async (_, command, params, connection) => {
    const { state, users = [] } = params as { state?: string; users?: string[] };
    if (command === 'presence.set') connection?.setAway(state === 'away');
    if (command === 'presence.watch') connection?.watch(users.map((user) => `presence:${user}`));
    return { result: {} };
  };
}

async function withWatcher() {
  const setUp = createTestEngine();
  withPresenceCommands(setUp.domain);
  const offline: { user: string; at: number }[] = [];
  setUp.engine.presence.onOffline((user, at) => offline.push({ user, at }));
  const watcher = await setUp.connect(bob);
  watcher.send('presence.watch', { users: [ada] });
  await setUp.time.settle();
  const setAway = async (client: TestClient, away: boolean): Promise<void> => {
    client.send('presence.set', { state: away ? 'away' : 'online' });
    await setUp.time.settle();
  };
  const told = () => watcher.named('presence.changed').map((frame) => ('data' in frame ? frame.data : null));
  const stateOf = () => setUp.engine.presence.statesOf([ada])[0]?.state;
  return { ...setUp, watcher, setAway, told, stateOf, offline };
}

describe('presence', () => {
  it('[E3] is online while any connection is, and away when all are', async () => {
    const { connect, setAway, told, stateOf } = await withWatcher();
    expect(stateOf()).toBe('offline');
    const [phone, desk] = [await connect(ada), await connect(ada)];
    expect(stateOf()).toBe('online');
    await setAway(phone, true);
    expect(stateOf()).toBe('online');
    await setAway(desk, true);
    expect(stateOf()).toBe('away');
    await setAway(phone, false);
    expect(stateOf()).toBe('online');
    desk.session.closed();
    expect(told().map((presence) => presence && 'state' in presence && presence.state)).toEqual([
      'online',
      'away',
      'online',
    ]);
  });

  it('[E3] is offline ten seconds after the last connection has gone, seen last when it went', async () => {
    const { connect, time, told, stateOf, offline } = await withWatcher();
    const client = await connect(ada);
    await time.advance(1_000);
    const leftAt = time.nowMs;
    client.session.closed();
    await time.advance(9_500);
    expect(stateOf()).toBe('online');
    expect(offline).toEqual([]);
    await time.advance(1_000);
    expect(stateOf()).toBe('offline');
    expect(told().at(-1)).toEqual({ user: ada, state: 'offline', lastSeenAt: leftAt });
    expect(offline).toEqual([{ user: ada, at: leftAt }]);
  });

  it('[E3] does not blink when someone comes back in time', async () => {
    const { connect, time, told, offline } = await withWatcher();
    const client = await connect(ada);
    client.session.closed();
    await time.advance(9_000);
    await connect(ada);
    await time.advance(30_000);
    expect(told()).toHaveLength(1);
    expect(offline).toEqual([]);
  });

  it('[E4] is told of those who are watched and nobody else, by whoever watches them now', async () => {
    const { connect, told, watcher, time } = await withWatcher();
    await connect(testUser(3));
    expect(told()).toEqual([]);
    watcher.send('presence.watch', { users: [testUser(4)] });
    await time.settle();
    await connect(ada);
    expect(told()).toEqual([]);
    await connect(testUser(4));
    expect(told()).toMatchObject([{ user: testUser(4), state: 'online' }]);
  });

  it('[E4] is told of no more when a right was taken away, until it is asked for again', async () => {
    const { connect, told, watcher, engine, setAway, time } = await withWatcher();
    const client = await connect(ada);
    expect(told()).toHaveLength(1);
    engine.publish({ events: [], ephemerals: [], revocations: [{ kind: 'log', user: bob, log: 'space:1' }] });
    await setAway(client, true);
    expect(told()).toHaveLength(1);
    watcher.send('presence.watch', { users: [ada] });
    await time.settle();
    await setAway(client, false);
    expect(told()).toHaveLength(2);
  });

  it('watches at most as many as the bound says', async () => {
    const { domain, connect, time } = createTestEngine({ watchedTopics: 2 });
    withPresenceCommands(domain);
    const watcher = await connect(bob);
    watcher.send('presence.watch', { users: [testUser(5), testUser(6), testUser(7)] });
    await time.settle();
    for (const number of [5, 6, 7]) await connect(testUser(number));
    expect(watcher.named('presence.changed')).toHaveLength(2);
  });
});
