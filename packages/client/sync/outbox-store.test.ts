import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { describeOutboxStore, queuedSend } from '../testing/outbox-contract.ts';
import { IndexedDbOutbox } from './indexed-db-outbox.ts';
import { MemoryOutbox } from './outbox-store.ts';
import type { JournalStorage } from './send-journal.ts';

describeOutboxStore('memory', () => new MemoryOutbox());
describeOutboxStore('IndexedDB', () => new IndexedDbOutbox(new IDBFactory(), 'outbox'));
describeOutboxStore('IndexedDB with a journal', () => new IndexedDbOutbox(new IDBFactory(), 'outbox', mapStorage()));

describe('an outbox in IndexedDB', () => {
  it('is there for the next tab', async () => {
    const factory = new IDBFactory();
    const tab = new IndexedDbOutbox(factory, 'outbox');
    await tab.put(queuedSend('a'));
    // Not closed: a crash does not say goodbye.
    expect(await new IndexedDbOutbox(factory, 'outbox').load()).toEqual([queuedSend('a')]);
  });

  it('keeps a send from the moment it is noted, though the tab ends before the database has it', async () => {
    const storage = mapStorage();
    const factory = new IDBFactory();
    const tab = new IndexedDbOutbox(factory, 'outbox', storage);
    tab.note(queuedSend('a'));
    const next = new IndexedDbOutbox(factory, 'outbox', storage);
    expect(await next.load()).toEqual([queuedSend('a')]);
    // The database has it now, and the journal is empty again.
    expect(storage.length).toBe(0);
    expect(await new IndexedDbOutbox(factory, 'outbox').load()).toEqual([queuedSend('a')]);
  });

  it('does without a journal that is full', async () => {
    const storage = {
      ...mapStorage(),
      setItem: () => {
        throw new Error('full');
      },
    };
    const tab = new IndexedDbOutbox(new IDBFactory(), 'outbox', storage);
    tab.note(queuedSend('a'));
    await tab.put(queuedSend('a'));
    expect(await tab.load()).toEqual([queuedSend('a')]);
  });

  it('keeps the sends to different servers apart', async () => {
    const factory = new IDBFactory();
    await new IndexedDbOutbox(factory, 'one').put(queuedSend('a'));
    expect(await new IndexedDbOutbox(factory, 'two').load()).toEqual([]);
  });

  it('rejects when the browser forbids it', async () => {
    const factory = { open: () => failing() } as unknown as IDBFactory;
    await expect(new IndexedDbOutbox(factory, 'outbox').put(queuedSend('a'))).rejects.toThrow('forbidden');
  });
});

function mapStorage(): JournalStorage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

function failing(): IDBOpenDBRequest {
  const request = { error: new Error('forbidden') } as unknown as IDBOpenDBRequest;
  queueMicrotask(() => request.onerror?.(new Event('error')));
  return request;
}
