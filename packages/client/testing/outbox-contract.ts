import type { RoomId, UserId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import type { OutboxStore, QueuedSend } from '../sync/outbox-store.ts';

export function queuedSend(clientId: string, queuedAt = 1, more: Partial<QueuedSend> = {}): QueuedSend {
  return {
    clientId,
    user: 'ada' as UserId,
    room: 'room-talk' as RoomId,
    text: clientId,
    queuedAt,
    error: null,
    ...more,
  };
}

/** What every outbox store does. `open` opens the same place each time it is called, as a restarted program does. */
export function describeOutboxStore(name: string, open: () => OutboxStore | Promise<OutboxStore>): void {
  describe(`an outbox in ${name}`, () => {
    it('gives back what was put, in the order in which it was queued', async () => {
      const store = await open();
      await store.put(queuedSend('b', 2));
      await store.put(queuedSend('c', 2));
      await store.put(queuedSend('a', 1));
      expect((await store.load()).map(({ clientId }) => clientId)).toEqual(['a', 'b', 'c']);
    });

    it('replaces a send of the same client id', async () => {
      const store = await open();
      const error = { code: 'text-empty', message: '', retry: 'never' } as const;
      await store.put(queuedSend('a'));
      await store.put(queuedSend('a', 1, { error }));
      expect(await store.load()).toEqual([queuedSend('a', 1, { error })]);
    });

    it('forgets what was removed, and does not mind what is not there', async () => {
      const store = await open();
      await store.put(queuedSend('a'));
      await store.put(queuedSend('b'));
      await store.remove('a');
      await store.remove('none');
      expect((await store.load()).map(({ clientId }) => clientId)).toEqual(['b']);
    });

    it('takes many at once', async () => {
      const store = await open();
      await Promise.all(Array.from({ length: 100 }, (_, index) => store.put(queuedSend(`s${index}`, index))));
      await Promise.all(Array.from({ length: 50 }, (_, index) => store.remove(`s${index}`)));
      const left = (await store.load()).map(({ clientId }) => clientId);
      expect(left).toEqual(Array.from({ length: 50 }, (_, index) => `s${index + 50}`));
    });

    it('can be used again after it was closed', async () => {
      const store = await open();
      await store.put(queuedSend('a'));
      await store.close();
      await store.put(queuedSend('b', 2));
      expect((await store.load()).map(({ clientId }) => clientId)).toEqual(['a', 'b']);
      await store.close();
    });
  });
}
