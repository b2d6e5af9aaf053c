import { describe, expect, it } from 'vitest';
import { createTestEngine, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);

/** One who listens to many logs, with a note of what the sweep asks and when. */
async function sweeping(count: number) {
  const setUp = createTestEngine({ sweepLogs: 10 });
  const { domain, time, connect } = setUp;
  const logs = Array.from({ length: count }, (_, index) => testLog(index + 1));
  for (const log of logs) domain.addLog(log, ada);
  const client = await connect(ada);
  const asked: { atMs: number; logs: readonly string[] }[] = [];
  const { heads } = domain;
  domain.heads = (some) => {
    asked.push({ atMs: time.clock.monotonic(), logs: some });
    return heads.call(domain, some);
  };
  for (let from = 0; from < count; from += 50) {
    client.listen(...logs.slice(from, from + 50).map((log) => ({ log, level: 'passive' as const })));
    await time.settle();
  }
  return { ...setUp, client, logs, asked };
}

describe('the sweep of heads', () => {
  it('goes round many logs in steps, and asks for each once a round', async () => {
    const { time, asked, logs } = await sweeping(100);
    await time.advance(1_800);
    const times = new Set(asked.map(({ atMs }) => atMs));
    expect(times.size).toBeGreaterThan(3);
    expect(Math.max(...asked.map((question) => question.logs.length))).toBe(10);
    expect(new Set(asked.flatMap((question) => question.logs)).size).toBe(logs.length);
  });

  it('is slower while the bus works, and fast again when it does not', async () => {
    const { bus, time, asked, client } = await sweeping(100);
    const askedIn = async (ms: number): Promise<number> => {
      client.session.alive();
      const before = asked.flatMap((question) => question.logs).length;
      await time.advance(ms);
      return asked.flatMap((question) => question.logs).length - before;
    };
    await time.advance(4_000);
    const calm = await askedIn(20_000);
    bus.connected = false;
    const alone = await askedIn(20_000);
    expect(calm).toBeLessThanOrEqual(900);
    expect(alone).toBeGreaterThanOrEqual(950);
  });

  it('makes one more fast round when the bus is back', async () => {
    const { bus, domain, time, logs, client } = await sweeping(100);
    await time.advance(4_000);
    bus.connected = false;
    await time.advance(3_000);
    client.session.alive();
    bus.connected = true;
    for (const log of logs) domain.append(log, { notice: true });
    await time.advance(4_200);
    for (const log of logs) expect(client.seqsOf(log)).toEqual([1]);
  });

  it.each([true, false])('finds what was lost in any of many logs within five seconds (bus: %s)', async (connected) => {
    const { bus, domain, time, logs, client } = await sweeping(100);
    await time.advance(6_000);
    bus.connected = connected;
    for (const log of logs) domain.append(log, { notice: true });
    await time.advance(5_000);
    for (const log of logs) expect(client.seqsOf(log)).toEqual([1]);
  });

  it('goes on after a failure', async () => {
    const { domain, time, logs, client, reports } = await sweeping(30);
    let failures = 1;
    domain.hold = (question) => {
      if (question !== 'heads' || failures === 0) return;
      failures -= 1;
      throw new Error('no database');
    };
    for (const log of logs) domain.append(log, { notice: true });
    await time.advance(6_000);
    for (const log of logs) expect(client.seqsOf(log)).toEqual([1]);
    expect(reports.map(({ what }) => what)).toEqual(['the heads of logs could not be read']);
  });
});
