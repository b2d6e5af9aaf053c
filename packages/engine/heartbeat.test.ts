import { describe, expect, it } from 'vitest';
import { createTestEngine, testUser } from './testing/index.ts';

const ada = testUser(1);

describe('the heartbeat', () => {
  it('[H5] probes a silent connection and gives it up when it stays silent', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    await time.advance(19_000);
    expect(client.peer.probes).toBe(0);
    await time.advance(1_500);
    expect(client.peer.probes).toBe(1);
    await time.advance(23_500);
    expect(client.peer.closedWith).toBeNull();
    await time.advance(2_000);
    expect(client.peer.closedWith).toBe('heartbeat-missed');
  });

  it('[H5] keeps a connection that answers its probes', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    for (let round = 0; round < 10; round += 1) {
      await time.advance(20_500);
      client.session.alive();
    }
    expect(client.peer.closedWith).toBeNull();
    expect(client.peer.probes).toBeGreaterThan(5);
  });

  it('[H5] does not probe a connection that speaks', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada);
    for (let round = 0; round < 10; round += 1) {
      await time.advance(10_000);
      client.send('connection.ping');
    }
    expect(client.peer.closedWith).toBeNull();
    expect(client.peer.probes).toBe(0);
  });

  it('[H5] is not fooled by a wall clock that jumps', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada, { expiresAt: time.nowMs + 30 * 86_400_000 });
    for (const jumpMs of [3 * 86_400_000, -6 * 86_400_000, -3_600_000]) {
      time.nowMs += jumpMs;
      await time.advance(10_000);
      client.session.alive();
    }
    expect(client.peer.closedWith).toBeNull();
    expect(client.peer.probes).toBe(0);
  });

  it('[H8] ends a connection when its session expires', async () => {
    const { connect, time } = createTestEngine();
    const client = await connect(ada, { expiresAt: time.nowMs + 30_000 });
    await time.advance(10_000);
    client.session.alive();
    await time.advance(19_500);
    expect(client.peer.closedWith).toBeNull();
    await time.advance(1_000);
    expect(client.peer.closedWith).toBe('session-expired');
    expect(client.named('connection.closing')).toMatchObject([
      { data: { reason: 'session-expired', reconnect: null } },
    ]);
  });

  it('[H8] keeps a connection whose session was prolonged elsewhere', async () => {
    const { connect, domain, time } = createTestEngine({ renewLeadMs: 5_000 });
    const expiresAt = time.nowMs + 15_000;
    const client = await connect(ada, { session: 's', expiresAt });
    const [token, actor] = [...domain.actors][0] as [string, { user: typeof ada; session: never; expiresAt: number }];
    domain.actors.set(token, { ...actor, expiresAt: expiresAt + 20_000 });
    await time.advance(16_000);
    expect(client.peer.closedWith).toBeNull();
    client.session.alive();
    await time.advance(20_000);
    expect(client.peer.closedWith).toBe('session-expired');
  });

  it('[H8] ends a connection whose session turns out to be gone when it is asked for again', async () => {
    const { connect, domain, time } = createTestEngine({ renewLeadMs: 10_000 });
    const client = await connect(ada, { expiresAt: time.nowMs + 15_000 });
    domain.actors.clear();
    await time.advance(6_000);
    expect(client.peer.closedWith).toBe('session-expired');
  });
});
