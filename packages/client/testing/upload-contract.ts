import type { RoomId, UserId } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import type { UploadRecord } from '../files/upload-record.ts';
import type { UploadStore } from '../files/upload-store.ts';

export function uploadRecord(id: string, order = 1, more: Partial<UploadRecord> = {}): UploadRecord {
  return {
    ...{ id, order, name: id, size: 3, type: 'text/plain', about: {}, description: '', told: '' },
    user: 'ada' as UserId,
    place: { room: 'room-talk' as RoomId, thread: null },
    ...{ status: 'waiting', sent: 0, bytesPerSecond: null, kept: false, error: null, file: null },
    ...{ begun: null, clientId: null, poster: false },
    ...more,
  };
}

/** What every store of uploads does. `open` opens the same place each time it is called, as a reloaded page does. */
export function describeUploadStore(name: string, open: () => UploadStore): void {
  const data = { data: new Blob(['one']), poster: new Blob(['two']) };

  describe(`uploads in ${name}`, () => {
    it('are given back in order, with their bytes', async () => {
      const store = open();
      await store.put(uploadRecord('b', 2), null);
      await store.put(uploadRecord('a', 1), data);
      const [a, b] = await store.load();
      expect([a?.record, b?.record]).toEqual([uploadRecord('a', 1), uploadRecord('b', 2)]);
      expect([await a?.data?.data.text(), await a?.data?.poster?.text(), b?.data]).toEqual(['one', 'two', null]);
    });

    it('can be changed by several at a time, but not once they are gone', async () => {
      const store = open();
      await store.put(uploadRecord('a'), data);
      await Promise.all([store.change('a', { description: 'A cat.' }), store.change('a', { clientId: 'c' })]);
      const [a] = await store.load();
      expect(a?.record).toEqual(uploadRecord('a', 1, { description: 'A cat.', clientId: 'c' }));
      expect(a?.data?.data.size).toBe(3);
      await store.remove('a');
      await store.remove('none');
      await store.change('a', { description: 'no' });
      expect(await store.load()).toEqual([]);
    });

    it('know how large a body may be to get through', async () => {
      const store = open();
      expect(await store.mostBytes()).toBeNull();
      await store.keepMostBytes(1_024, 5);
      expect(await store.mostBytes()).toEqual({ bytes: 1_024, at: 5 });
    });

    it('can be used again after it was closed', async () => {
      const store = open();
      await store.put(uploadRecord('a'), data);
      await store.close();
      await store.put(uploadRecord('b', 2), null);
      expect((await store.load()).map(({ record }) => record.id)).toEqual(['a', 'b']);
      await store.close();
    });
  });
}
