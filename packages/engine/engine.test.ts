import { describe, expect, it } from 'vitest';
import { createTestEngine, testLog, testUser } from './testing/index.ts';

const ada = testUser(1);
const room = testLog(10);

describe('the engine', () => {
  it('tells a live listener every event, in order, one write a tick', async () => {
    const { domain, time, connect, post } = createTestEngine();
    domain.addLog(room, ada);
    const client = await connect(ada);
    client.listen({ log: room });
    await time.settle();
    client.peer.clear();
    post(room);
    post(room);
    post(room);
    time.tick();
    expect(client.seqsOf(room)).toEqual([1, 2, 3]);
    expect(client.peer.writes).toHaveLength(1);
  });
});
