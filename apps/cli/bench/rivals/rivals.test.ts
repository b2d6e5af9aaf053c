import { expect, test } from 'vitest';
import { openRival } from './open-rival.ts';

test.each(['socket-io', 'bare'] as const)('every listener of the %s server hears every event once', async (dialect) => {
  const rival = await openRival(dialect, 150);
  try {
    await rival.publish(1);
    await rival.publish(10);
    const report = await rival.swarm.reportUntil(({ deliveries }) => deliveries >= 150 * 11, 10_000);
    expect(report).toMatchObject({ members: 150, deliveries: 150 * 11, errors: [], ended: {} });
    expect(report.latenciesMs).toHaveLength(7 * 11);
  } finally {
    await rival.close();
  }
});
