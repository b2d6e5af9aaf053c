import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bounds } from '../bounds.ts';
import { createTestChat, type TestChat } from '../testing/index.ts';

let test: TestChat;
beforeEach(async () => {
  test = await createTestChat();
});
afterEach(() => test.close());

const one = { name: 'aaaaaaaa', url: 'http://10.0.0.1:4000', startedAt: 1_000, seenAt: 1_000 };
const two = { name: 'bbbbbbbb', url: 'http://10.0.0.2:4000', startedAt: 2_000, seenAt: 2_000 };

describe('the nodes of an instance', () => {
  it('know each other by what each says of itself, the newest first', async () => {
    const { nodes } = test.chat;
    expect(await nodes.known()).toEqual([]);
    await nodes.renew(one);
    await nodes.renew(two);
    expect(await nodes.known()).toEqual([two, one]);
  });

  it('say anew that they live, and where; not when they started', async () => {
    const { nodes } = test.chat;
    await nodes.renew(one);
    await nodes.renew({ ...one, url: 'http://10.0.0.9:1', startedAt: 5_000, seenAt: 6_000 });
    expect(await nodes.known()).toEqual([{ ...one, url: 'http://10.0.0.9:1', seenAt: 6_000 }]);
  });

  it('are forgotten only as they were last seen', async () => {
    const { nodes } = test.chat;
    await nodes.renew(one);
    await nodes.renew({ ...one, seenAt: 1_001 });
    await nodes.forget(one);
    expect(await nodes.known()).toHaveLength(1);
    await nodes.forget({ ...one, seenAt: 1_001 });
    expect(await nodes.known()).toEqual([]);
  });

  it('are told up to a bound, so that names left behind crowd nobody out', async () => {
    const { nodes } = test.chat;
    for (let index = 0; index <= bounds.nodes; index += 1) {
      await nodes.renew({ ...one, name: `node${String(index).padStart(4, '0')}`, startedAt: index });
    }
    const known = await nodes.known();
    expect(known).toHaveLength(bounds.nodes);
    expect(known.some(({ startedAt }) => startedAt === 0)).toBe(false);
  });

  it('share a secret, which is that of whoever asked first', async () => {
    const { nodes } = test.chat;
    const [first, second] = await Promise.all([nodes.secret('forwarding', 'one'), nodes.secret('forwarding', 'two')]);
    expect(second).toBe(first);
    expect(await nodes.secret('forwarding', 'three')).toBe(first);
    expect(await nodes.secret('other', 'four')).toBe('four');
  });
});
