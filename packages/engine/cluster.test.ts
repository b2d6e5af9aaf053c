import { describe, expect, it } from 'vitest';
import { createEngine } from './engine.ts';
import { createTestEngine, effects, fakeRandom, TestClient, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const bob = testUser(2);
const room = testLog(1);

/** Two nodes over one database and one bus. */
async function twoNodes() {
  const first = createTestEngine();
  const { domain, bus, time } = first;
  const { clock, timers } = time;
  const second = createEngine({ node: 'there', domain, bus, clock, timers, random: fakeRandom(2), report: () => {} });
  domain.addLog(room, ada, bob);
  const here = await first.connect(ada);
  const there = new TestClient(second, { token: domain.addSession(bob).token });
  there.hello();
  await time.settle();
  for (const client of [here, there]) client.listen({ log: room });
  await time.settle();
  return { ...first, second, here, there };
}

describe('nodes of one cluster', () => {
  it('tell their listeners the same events', async () => {
    const { engine, second, domain, time, here, there } = await twoNodes();
    engine.publish(effects({ events: [domain.append(room)] }));
    second.publish(effects({ events: [domain.append(room)] }));
    await time.settle();
    expect(here.seqsOf(room)).toEqual([1, 2]);
    expect(there.seqsOf(room)).toEqual([1, 2]);
  });

  it('[H8] [L10] cut what was revoked on any of them', async () => {
    const { engine, domain, time, there } = await twoNodes();
    engine.publish(effects({ revocations: [domain.remove(room, bob)] }));
    await time.settle();
    expect(there.named('log.closed')).toHaveLength(1);
    engine.publish(effects({ revocations: [{ kind: 'user', user: bob }] }));
    expect(there.peer.closedWith).toBe('session-revoked');
  });

  it('lose nothing while the bus is gone', async () => {
    const { engine, domain, time, bus, there } = await twoNodes();
    await bus.close();
    engine.publish(effects({ events: [domain.append(room), domain.append(room)] }));
    await time.advance(2_000);
    expect(there.seqsOf(room)).toEqual([1, 2]);
  });
});
