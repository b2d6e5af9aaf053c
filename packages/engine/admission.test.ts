import { describe, expect, it } from 'vitest';
import { createTestEngine, RecordingPeer, TestClient } from './testing/index.ts';

function clientAt(engine: ReturnType<typeof createTestEngine>['engine'], address: string): TestClient {
  return new TestClient(engine, { token: null }, new RecordingPeer({ address }));
}

describe('admission', () => {
  it('refuses more connections than the node takes, and takes one again when one has gone', () => {
    const { engine } = createTestEngine({ connections: 2 });
    const [first] = [clientAt(engine, '127.0.0.1'), clientAt(engine, '127.0.0.1')];
    expect(engine.refuses('127.0.0.1')).toBe('too-many-connections');
    first?.session.closed();
    expect(engine.refuses('127.0.0.1')).toBeUndefined();
  });

  it('bounds the connections of one address, not those of the others', () => {
    const { engine } = createTestEngine({ connectionsPerAddress: 2 });
    const [first] = [clientAt(engine, '10.0.0.1'), clientAt(engine, '10.0.0.1')];
    expect(engine.refuses('10.0.0.1')).toBe('too-many-connections');
    expect(engine.refuses('10.0.0.2')).toBeUndefined();
    first?.session.closed();
    expect(engine.refuses('10.0.0.1')).toBeUndefined();
  });

  it('bounds how fast one address connects', async () => {
    const { engine, time } = createTestEngine({ acceptsPerSecond: 1, acceptsBurst: 3 });
    const answers = () => [1, 2, 3, 4].map(() => engine.refuses('10.0.0.1'));
    expect(answers()).toEqual([undefined, undefined, undefined, 'overloaded']);
    await time.advance(2_000);
    expect(answers()).toEqual([undefined, undefined, 'overloaded', 'overloaded']);
  });

  it('exempts this machine, where a proxy may stand for everyone', () => {
    const { engine } = createTestEngine({ connectionsPerAddress: 1, acceptsBurst: 1 });
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      clientAt(engine, address);
      expect([engine.refuses(address), engine.refuses(address)]).toEqual([undefined, undefined]);
    }
  });

  it('forgets addresses that have gone, so that many of them do not fill the memory', () => {
    const { engine } = createTestEngine({ addresses: 10, acceptsBurst: 1, connectionsPerAddress: 1 });
    clientAt(engine, '10.0.0.1');
    expect([engine.refuses('10.0.0.2'), engine.refuses('10.0.0.2')]).toEqual([undefined, 'overloaded']);
    for (let number = 3; number < 40; number += 1) engine.refuses(`10.0.0.${number}`);
    expect(engine.refuses('10.0.0.1')).toBe('too-many-connections');
    expect(engine.refuses('10.0.0.2')).toBeUndefined();
  });
});
