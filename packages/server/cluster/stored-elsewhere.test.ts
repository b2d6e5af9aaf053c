import { InProcessBus } from '@confab/bus/in-process';
import { FakeTime } from '@confab/engine/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { clusterLimits as limits } from './limits.ts';
import { StoredElsewhere } from './stored-elsewhere.ts';

let time: FakeTime;
let bus: InProcessBus;
let reaches: boolean;
let elsewhere: StoredElsewhere;
beforeEach(() => {
  time = new FakeTime();
  bus = new InProcessBus();
  reaches = false;
  elsewhere = new StoredElsewhere({ bus, clock: time.clock, limits, reachesDatabase: () => reaches });
});

const stored = () => bus.publish({ kind: 'head', log: 'room:x', head: { epoch: 1, seq: 1, count: 1 } });
/** Others store something every second. */
async function others(forMs: number): Promise<void> {
  for (let ms = 0; ms < forMs; ms += 1_000) {
    stored();
    await time.advance(1_000);
  }
}

describe('a node that cannot store anything', () => {
  it('knows that others can once they have for as long as it waits with its own verdict', async () => {
    await others(limits.databaseMs - 1_000);
    expect(elsewhere.holds).toBe(false);
    await others(1_000);
    expect(elsewhere.holds).toBe(true);
  });

  it('hears nothing of it in signs of life or words in passing', async () => {
    for (let second = 0; second < 30; second += 1) {
      bus.publish({ kind: 'node', node: 'bbbbbbbb', state: 'beat', told: 0 });
      bus.publish({ kind: 'ephemeral', ephemeral: { topic: 'room:x', key: 'k', json: '{}' } });
      await time.advance(1_000);
    }
    expect(elsewhere.holds).toBe(false);
  });

  it('does not count on it any more when nothing has come for a while', async () => {
    await others(limits.databaseMs);
    expect(elsewhere.holds).toBe(true);
    await time.advance(limits.elsewhereMs);
    expect(elsewhere.holds).toBe(false);
    stored();
    expect(elsewhere.holds).toBe(false);
  });

  it('is no better off elsewhere when it can again, or when it only just could not', async () => {
    await others(limits.databaseMs);
    reaches = true;
    expect(elsewhere.holds).toBe(false);
    stored();
    reaches = false;
    stored();
    expect(elsewhere.holds).toBe(false);
  });

  it('hears nothing more once closed', async () => {
    elsewhere.close();
    await others(2 * limits.databaseMs);
    expect(elsewhere.holds).toBe(false);
  });
});
