import { describe, expect, it } from 'vitest';
import type { BusMessage } from '../bus.ts';
import type { EngineLimits } from '../limits.ts';
import { TestCluster, type TestNode, testUser } from '../testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);

/** Two nodes that know each other; on the second, bob watches ada. */
async function twoNodes(limits: Partial<EngineLimits> = {}) {
  const cluster = new TestCluster(limits);
  const { time, domain } = cluster;
  domain.onExecute = async (_, command, params, connection) => {
    const { state, users = [] } = params as { state?: string; users?: string[] };
    if (command === 'presence.set') connection?.setAway(state === 'away');
    if (command === 'presence.watch') connection?.watch(users.map((user) => `presence:${user}`));
    return { result: {} };
  };
  const [first, second] = [cluster.start('first'), cluster.start('second')];
  const watcher = await second.connect(bob);
  watcher.send('presence.watch', { users: [ada] });
  await time.advance(1_500);
  const told = () =>
    watcher.named('presence.changed').map((frame) => 'data' in frame && (frame.data as { state: string }).state);
  return { cluster, time, first, second, watcher, told, network: cluster.network };
}

/** Keeps the network from carrying what `drops` says. */
function dropping(cluster: TestCluster, drops: (message: BusMessage, to: string) => boolean): void {
  cluster.network.carry = ({ message, to, deliver }) => {
    if (!drops(message, to)) deliver();
  };
}

const statesOf = (nodes: readonly TestNode[]) => nodes.map((node) => node.stateOf(ada));

describe('[E3] presence across nodes', () => {
  it('is told on every node, within a moment', async () => {
    const { time, first, second, told } = await twoNodes();
    await first.connect(ada);
    await time.advance(500);
    expect(second.stateOf(ada)).toBe('online');
    expect(told()).toEqual(['online']);
    expect(first.stateOf(bob)).toBe('online');
  });

  it('is away only where someone is away everywhere', async () => {
    const { time, first, second, told } = await twoNodes();
    const phone = await first.connect(ada);
    const desk = await second.connect(ada);
    for (const client of [phone, desk]) {
      client.send('presence.set', { state: 'away' });
      await time.advance(500);
    }
    expect(statesOf([first, second])).toEqual(['away', 'away']);
    phone.send('presence.set', { state: 'online' });
    await time.advance(500);
    phone.session.closed();
    await time.advance(500);
    expect(told()).toEqual(['online', 'away', 'online', 'away']);
  });

  it('ends ten seconds after the last connection anywhere, and one node notes when that was', async () => {
    const { time, first, second, told } = await twoNodes();
    const client = await first.connect(ada);
    await time.advance(1_000);
    const leftAt = time.nowMs;
    client.session.closed();
    await time.advance(9_000);
    expect(statesOf([first, second])).toEqual(['online', 'online']);
    await time.advance(2_000);
    expect(statesOf([first, second])).toEqual(['offline', 'offline']);
    expect(told()).toEqual(['online', 'offline']);
    expect(first.lastSeen).toEqual([{ user: ada, at: leftAt }]);
    expect(second.lastSeen).toEqual([]);
  });

  it('does not blink when someone moves to another node', async () => {
    const { time, first, second, told } = await twoNodes();
    const client = await first.connect(ada);
    client.session.closed();
    await time.advance(8_000);
    await second.connect(ada);
    await time.advance(30_000);
    expect(told()).toEqual(['online']);
    expect(statesOf([first, second])).toEqual(['online', 'online']);
    expect([...first.lastSeen, ...second.lastSeen]).toEqual([]);
  });

  it('does not blink through a rolling restart', async () => {
    const { cluster, time, first, told } = await twoNodes();
    const client = await first.connect(ada);
    await time.advance(500);
    const third = cluster.start('third');
    await time.advance(500);
    const drained = first.engine.drain();
    await time.advance(500);
    await drained;
    expect(client.peer.closedWith).toBe('draining');
    await time.advance(5_000);
    await third.connect(ada);
    await time.advance(30_000);
    expect(told()).toEqual(['online']);
  });

  it('is known to a node that comes up later', async () => {
    const { cluster, time, first } = await twoNodes({ peoplePerMessage: 2 });
    for (let number = 10; number < 15; number += 1) await first.connect(testUser(number));
    await time.advance(1_000);
    const third = cluster.start('third');
    await time.advance(1_000);
    const users = [10, 11, 12, 13, 14].map(testUser);
    expect(third.engine.presence.statesOf(users).map(({ state }) => state)).toEqual(new Array(5).fill('online'));
    expect(third.stateOf(bob)).toBe('online');
  });

  it.each(['dropped', 'doubled', 'late'])('converges when changes are %s', async (fate) => {
    const { cluster, time, first, second } = await twoNodes();
    const late: (() => void)[] = [];
    cluster.network.carry = ({ message, deliver }) => {
      if (message.kind === 'presence' && fate === 'late') {
        late.unshift(deliver);
        return;
      }
      if (message.kind === 'presence' && fate === 'dropped') return;
      deliver();
      if (fate === 'doubled') deliver();
    };
    const client = await first.connect(ada);
    await time.advance(300);
    await first.connect(testUser(3));
    await time.advance(300);
    client.session.closed();
    await time.advance(300);
    await first.connect(testUser(4));
    await time.advance(300);
    cluster.network.carry = ({ deliver }) => deliver();
    for (const deliver of late) deliver();
    await time.advance(20_000);
    expect(statesOf([first, second])).toEqual(['offline', 'offline']);
    for (const number of [3, 4]) expect(second.stateOf(testUser(number))).toBe('online');
  });

  it('ends for the people of a node that died, after its lease and the usual grace, and another notes it', async () => {
    const { cluster, time, first, second, told } = await twoNodes();
    const third = cluster.start('third');
    const client = await first.connect(ada);
    await time.advance(5_000);
    const diedAt = time.nowMs;
    first.crash([client]);
    await time.advance(19_000);
    expect(second.stateOf(ada)).toBe('online');
    await time.advance(8_000);
    expect(statesOf([second, third])).toEqual(['offline', 'offline']);
    expect(told()).toEqual(['online', 'offline']);
    expect([...second.lastSeen, ...third.lastSeen].map(({ user }) => user)).toEqual([ada]);
    const [noted] = [...second.lastSeen, ...third.lastSeen];
    expect(Math.abs((noted?.at ?? 0) - diedAt)).toBeLessThanOrEqual(5_000);
  });

  it('is kept while this node hears nothing, and asked for anew when it does again', async () => {
    const { time, first, second, told } = await twoNodes();
    const client = await first.connect(ada);
    await time.advance(500);
    second.bus.connected = false;
    client.session.closed();
    await first.connect(testUser(3));
    // Longer than a lease and the grace together.
    await time.advance(28_000);
    expect(second.stateOf(ada)).toBe('online');
    second.bus.connected = true;
    await time.advance(14_000);
    expect(second.stateOf(ada)).toBe('offline');
    expect(second.stateOf(testUser(3))).toBe('online');
    expect(told()).toEqual(['online', 'offline']);
  });

  it('comes back with a node that was only silent', async () => {
    const { cluster, time, first, second } = await twoNodes();
    await first.connect(ada);
    await time.advance(500);
    dropping(cluster, () => true);
    await time.advance(30_000);
    expect(second.stateOf(ada)).toBe('offline');
    dropping(cluster, () => false);
    await time.advance(10_000);
    expect(second.stateOf(ada)).toBe('online');
    expect(cluster.reports).toContain('a node has fallen silent; its people are taken for gone');
  });

  it('does not come back with what a node said before it left', async () => {
    const { cluster, time, first, second } = await twoNodes();
    const late: (() => void)[] = [];
    cluster.network.carry = ({ message, to, deliver }) => {
      if (message.kind === 'presence' && to === 'second') late.push(deliver);
      deliver();
    };
    await first.connect(ada);
    cluster.start('third');
    await time.advance(1_000);
    const drained = first.engine.drain();
    await time.advance(20_000);
    await drained;
    expect(late.length).toBeGreaterThan(1);
    for (const deliver of late) deliver();
    await time.advance(1_000);
    expect(second.stateOf(ada)).toBe('offline');
  });

  it('keeps as many people of other nodes as the bound says', async () => {
    const { time, first, second } = await twoNodes({ remotePeople: 2 });
    const clients = [];
    for (const number of [5, 6, 7]) clients.push(await first.connect(testUser(number)));
    await time.advance(1_000);
    const online = () => [5, 6, 7].filter((number) => second.stateOf(testUser(number)) === 'online');
    expect(online()).toEqual([5, 6]);
    clients[0]?.session.closed();
    await time.advance(11_000);
    await first.connect(testUser(8));
    await time.advance(1_000);
    expect(second.stateOf(testUser(8))).toBe('online');
  });

  it('tells of many in messages of bounded size', async () => {
    const { cluster, time, first, second } = await twoNodes();
    const sizes: number[] = [];
    cluster.network.carry = ({ message, deliver }) => {
      if (message.kind === 'presence') sizes.push(JSON.stringify(message).length);
      deliver();
    };
    for (let number = 100; number < 300; number += 1) void first.connect(testUser(number));
    await time.advance(1_000);
    expect(sizes).toHaveLength(4);
    // What PostgreSQL takes in one notification.
    expect(Math.max(...sizes)).toBeLessThan(7_500);
    expect(second.stateOf(testUser(299))).toBe('online');
  });

  it('costs no timer where nobody is', async () => {
    const cluster = new TestCluster();
    const only = cluster.start('only');
    expect(cluster.time.waitingCount).toBe(0);
    const client = await only.connect(ada);
    client.session.closed();
    await cluster.time.advance(120_000);
    expect(cluster.time.waitingCount).toBe(0);
  });
});
