import { describe, expect, it } from 'vitest';
import { effects, TestCluster, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

/** Two nodes over one database and one bus, somebody in the same room on each. */
async function twoNodes() {
  const cluster = new TestCluster();
  const { domain, time } = cluster;
  const [first, second] = [cluster.start('first'), cluster.start('second')];
  domain.addLog(room, ada, bob);
  const here = await first.connect(ada);
  const there = await second.connect(bob);
  for (const client of [here, there]) client.listen({ log: room });
  await time.settle();
  return { cluster, domain, time, network: cluster.network, first, second, here, there };
}

describe('nodes of one cluster', () => {
  it('tell their listeners the same events', async () => {
    const { cluster, first, second, time, here, there } = await twoNodes();
    cluster.post(first, room);
    cluster.post(second, room);
    await time.settle();
    expect(here.seqsOf(room)).toEqual([1, 2]);
    expect(there.seqsOf(room)).toEqual([1, 2]);
  });

  it('[H8] [L10] cut what was revoked on any of them', async () => {
    const { domain, first, time, there } = await twoNodes();
    first.engine.publish(effects({ revocations: [domain.store(domain.remove(room, bob))] }));
    await time.settle();
    expect(there.named('log.closed')).toHaveLength(1);
    first.engine.publish(effects({ revocations: [domain.store(domain.endSessionsOf(bob))] }));
    expect(there.peer.closedWith).toBe('session-revoked');
  });

  it('lose nothing while the bus is gone', async () => {
    const { cluster, first, second, time, there } = await twoNodes();
    second.bus.connected = false;
    cluster.post(first, room);
    cluster.post(first, room);
    await time.advance(2_000);
    expect(there.seqsOf(room)).toEqual([1, 2]);
  });

  it('hear of the logs that someone on them listens to, and of no others', async () => {
    const { cluster, domain, first, second, time, there } = await twoNodes();
    const carried: string[] = [];
    cluster.network.carry = ({ to, message, deliver }) => {
      if (message.kind === 'event') carried.push(`${to} ${message.event.log}`);
      deliver();
    };
    domain.addLog(testLog(2), ada);
    cluster.post(first, room);
    cluster.post(first, testLog(2));
    expect(carried).toEqual([`second ${room}`]);
    there.send('log.unlisten', { logs: [room] });
    // It is kept for a while, for those who come back.
    await time.advance(61_000);
    cluster.post(first, room);
    expect(carried).toHaveLength(1);
    expect([...second.bus.followed]).toEqual([]);
  });

  it('follow a topic that is a log and is watched as well until neither is', async () => {
    const { domain, second, time, there } = await twoNodes();
    domain.onExecute = async (_, _command, params, connection) => {
      connection?.watch((params as { topics: string[] }).topics);
      return { result: {} };
    };
    there.send('presence.watch', { topics: [room, 'somewhere', `presence:${ada}`] });
    await time.settle();
    // Who is here every node finds out by itself.
    expect([...second.bus.followed]).toEqual([room, 'somewhere']);
    there.send('log.unlisten', { logs: [room] });
    await time.advance(40_000);
    there.session.alive();
    await time.advance(30_000);
    expect([...second.bus.followed]).toEqual([room, 'somewhere']);
    there.send('presence.watch', { topics: [] });
    await time.settle();
    expect([...second.bus.followed]).toEqual([]);
  });

  it('find an event that came after the head was read and before following had begun', async () => {
    const { cluster, domain, first, second, network, time } = await twoNodes();
    const late = testLog(3);
    domain.addLog(late, ada, bob);
    let begin = (): void => {};
    network.settleFollowing = (done) => {
      begin = done;
    };
    const client = await second.connect(bob);
    client.listen({ log: late });
    await time.settle();
    cluster.post(first, late);
    begin();
    await time.settle();
    expect(client.seqsOf(late)).toEqual([]);
    await time.advance(2_000);
    expect(client.seqsOf(late)).toEqual([1]);
    cluster.post(first, late);
    await time.settle();
    expect(client.seqsOf(late)).toEqual([1, 2]);
  });
});
