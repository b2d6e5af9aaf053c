import { describe, expect, it } from 'vitest';
import { engineLimits } from './limits.ts';
import { effects, TestCluster, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

/** Two nodes; ada listens on the second. What the first commits is stored, and told on the bus if there is one. */
async function twoNodes(options: { bus: boolean }) {
  const cluster = new TestCluster();
  const { domain, time } = cluster;
  const [first, second] = [cluster.start('first'), cluster.start('second')];
  domain.addLog(room, ada, bob);
  const { token } = domain.addSession(ada);
  const client = await second.connect(ada, token);
  client.listen({ log: room });
  await time.settle();
  second.bus.connected = options.bus;
  const revoke = (revocation: Parameters<typeof domain.store>[0]): void =>
    first.engine.publish(effects({ revocations: [domain.store(revocation)] }));
  return { cluster, domain, time, first, second, client, token, revoke };
}

/** A sweep, with the quarter by which it may be later. */
const oneSweepMs = 2_250;

describe('a revocation on another node', () => {
  it('[H8] cuts a session within one sweep when the bus is gone', async () => {
    const { domain, time, client, token, revoke } = await twoNodes({ bus: false });
    revoke(domain.endSession(token));
    expect(client.peer.closedWith).toBeNull();
    await time.advance(oneSweepMs);
    expect(client.peer.closedWith).toBe('session-revoked');
  });

  it('[H8] cuts all sessions of a user but the one that is kept when the bus is gone', async () => {
    const { domain, time, client, second, revoke } = await twoNodes({ bus: false });
    const kept = domain.addSession(ada);
    const other = await second.connect(ada, kept.token);
    revoke(domain.endSessionsOf(ada, kept.actor.session));
    await time.advance(oneSweepMs);
    expect(client.peer.closedWith).toBe('session-revoked');
    expect(other.peer.closedWith).toBeNull();
  });

  it('[L10] closes a log within one sweep when the bus is gone', async () => {
    const { cluster, domain, time, client, first, second, revoke } = await twoNodes({ bus: false });
    revoke(domain.remove(room, ada));
    await time.advance(oneSweepMs);
    expect(client.named('log.closed')).toEqual([{ event: 'log.closed', data: { log: room, reason: 'forbidden' } }]);
    second.bus.connected = true;
    cluster.post(first, room);
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    expect(client.peer.closedWith).toBeNull();
  });

  it('[H8] does not cut a session that began after it', async () => {
    const { domain, time, client, second, revoke } = await twoNodes({ bus: false });
    revoke(domain.endSessionsOf(ada));
    const later = await second.connect(ada);
    await time.advance(oneSweepMs);
    expect(client.peer.closedWith).toBe('session-revoked');
    expect(later.peer.closedWith).toBeNull();
  });

  it.each(['the bus', 'its own node'])(
    '[H8] does not cut a session that began before %s told of it',
    async (teller) => {
      const { cluster, domain, time, client, first, second } = await twoNodes({ bus: true });
      const late: (() => void)[] = [];
      cluster.network.carry = ({ deliver }) => late.push(deliver);
      const revocations = [domain.store(domain.endSessionsOf(ada))];
      const later = await second.connect(ada);
      (teller === 'the bus' ? first : second).engine.publish(effects({ revocations }));
      for (const deliver of late) deliver();
      await time.settle();
      expect(client.peer.closedWith).toBe('session-revoked');
      expect(later.peer.closedWith).toBeNull();
    },
  );

  it.each([true, false])('does not cut a log whose right was given back (bus: %s)', async (bus) => {
    const { cluster, domain, time, client, first, second, revoke } = await twoNodes({ bus });
    const removal = domain.remove(room, ada);
    domain.logs.get(room)?.members.add(ada);
    revoke(removal);
    cluster.post(first, room);
    await time.advance(oneSweepMs);
    second.bus.connected = true;
    cluster.post(first, room);
    await time.advance(oneSweepMs);
    expect(client.named('log.closed')).toEqual([]);
    expect(client.seqsOf(room)).toEqual([1, 2]);
  });

  it('[L10] from the bus tells nothing more of the log until the database has answered, though that takes more than one question', async () => {
    const { cluster, domain, time, client, first, revoke } = await twoNodes({ bus: true });
    let fail = (): void => {};
    domain.hold = (question) =>
      question === 'mayListen'
        ? new Promise((_, reject) => {
            fail = () => reject(new Error('no database'));
          })
        : undefined;
    revoke(domain.remove(room, ada));
    cluster.post(first, room);
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    fail();
    await time.settle();
    cluster.post(first, room);
    await time.advance(engineLimits.recheckMs);
    fail();
    await time.settle();
    expect([client.seqsOf(room), client.named('log.closed')]).toEqual([[], []]);
    domain.hold = () => {};
    await time.advance(engineLimits.recheckMs);
    expect(client.named('log.closed')).toHaveLength(1);
    expect(client.seqsOf(room)).toEqual([]);
  });

  it('[L9] of a right that was given back tells what passed by, once the database has said so', async () => {
    const { cluster, domain, time, client, first, revoke } = await twoNodes({ bus: true });
    domain.hold = (question) => {
      if (question === 'mayListen') throw new Error('no database');
    };
    const removal = domain.remove(room, ada);
    domain.logs.get(room)?.members.add(ada);
    revoke(removal);
    cluster.post(first, room);
    cluster.post(first, room);
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    domain.hold = () => {};
    await time.advance(engineLimits.recheckMs);
    expect(client.named('log.closed')).toEqual([]);
    expect(client.seqsOf(room)).toEqual([1, 2]);
  });

  it('[L10] that is being checked holds up the answer to a listening', async () => {
    const { domain, time, client, revoke } = await twoNodes({ bus: true });
    const answers: (() => void)[] = [];
    domain.hold = (question) =>
      question === 'mayListen' ? new Promise((resolve) => answers.push(resolve)) : undefined;
    client.send('log.unlisten', { logs: [room] });
    const id = client.listen({ log: room });
    await time.settle();
    revoke(domain.remove(room, ada));
    answers.shift()?.();
    await time.settle();
    expect(client.peer.reply(id)).toBeUndefined();
    answers.shift()?.();
    await time.settle();
    expect(client.peer.reply(id)).toMatchObject({ result: { logs: [{ status: 'failed', reason: 'forbidden' }] } });
  });

  it('is looked at once, whether the bus or the sweep brings it first', async () => {
    const { cluster, domain, time, second, revoke, client } = await twoNodes({ bus: true });
    const late: (() => void)[] = [];
    cluster.network.carry = ({ message, deliver }) => {
      if (message.kind === 'revocation') late.push(deliver);
      else deliver();
    };
    revoke(domain.remove(room, ada));
    await time.advance(oneSweepMs);
    expect(client.named('log.closed')).toHaveLength(1);
    domain.logs.get(room)?.members.add(ada);
    client.listen({ log: room });
    await time.settle();
    for (const deliver of late) deliver();
    await time.advance(oneSweepMs);
    expect(late).toHaveLength(1);
    expect(client.named('log.closed')).toHaveLength(1);
    expect(second.engine.stats().revocations).toBe(1);
  });

  it.each(['the bus', 'its own node'])(
    '[L10] is told once when %s brings it while the sweep looks at it',
    async (teller) => {
      const { domain, time, client, first, second } = await twoNodes({ bus: false });
      const answers: (() => void)[] = [];
      domain.hold = (question) =>
        question === 'mayListen' ? new Promise((resolve) => answers.push(resolve)) : undefined;
      const revocations = [domain.store(domain.remove(room, ada))];
      await time.advance(oneSweepMs);
      expect(answers).toHaveLength(1);
      second.bus.connected = true;
      (teller === 'the bus' ? first : second).engine.publish(effects({ revocations }));
      for (const answer of answers.reverse()) {
        answer();
        await time.settle();
      }
      expect(client.named('log.closed')).toEqual([{ event: 'log.closed', data: { log: room, reason: 'forbidden' } }]);
    },
  );

  it('[L10] of which there are two tells nothing before both are answered', async () => {
    const { cluster, domain, time, client, first, revoke } = await twoNodes({ bus: true });
    const answers: (() => void)[] = [];
    domain.hold = (question) =>
      question === 'mayListen' ? new Promise((resolve) => answers.push(resolve)) : undefined;
    const removal = domain.remove(room, ada);
    domain.logs.get(room)?.members.add(ada);
    revoke(removal);
    revoke(domain.remove(room, ada));
    cluster.post(first, room);
    answers.shift()?.();
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    expect(client.named('log.closed')).toEqual([]);
    answers.shift()?.();
    await time.settle();
    expect(client.seqsOf(room)).toEqual([]);
    expect(client.named('log.closed')).toHaveLength(1);
  });

  it('that could not be checked is checked again', async () => {
    const { domain, time, client, token, revoke } = await twoNodes({ bus: false });
    revoke(domain.endSession(token));
    domain.hold = (question) => {
      if (question === 'stands') throw new Error('no database');
    };
    await time.advance(oneSweepMs * 2);
    expect(client.peer.closedWith).toBeNull();
    domain.hold = () => {};
    await time.advance(oneSweepMs);
    expect(client.peer.closedWith).toBe('session-revoked');
  });

  it('is not read over and over when it is long done', async () => {
    const { domain, time, client, revoke } = await twoNodes({ bus: false });
    revoke(domain.endSessionsOf(bob));
    const asked: number[] = [];
    const { revocationsSince } = domain;
    domain.revocationsSince = (at) => {
      asked.push(at);
      return revocationsSince.call(domain, at);
    };
    await time.advance(25_000);
    expect(new Set(asked)).toEqual(new Set([0]));
    client.session.alive();
    await time.advance(20_000);
    expect(asked.at(-1)).toBe(1);
  });
});
