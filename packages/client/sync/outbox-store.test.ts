import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { describeOutboxStore, queuedSend } from '../testing/outbox-contract.ts';
import { IndexedDbOutbox } from './indexed-db-outbox.ts';
import { MemoryOutbox } from './outbox-store.ts';

describeOutboxStore('memory', () => new MemoryOutbox());
describeOutboxStore('IndexedDB', () => new IndexedDbOutbox(new IDBFactory(), 'outbox'));

describe('an outbox in IndexedDB', () => {
  it('is there for the next tab', async () => {
    const factory = new IDBFactory();
    const tab = new IndexedDbOutbox(factory, 'outbox');
    await tab.put(queuedSend('a'));
    // Not closed: a crash does not say goodbye.
    expect(await new IndexedDbOutbox(factory, 'outbox').load()).toEqual([queuedSend('a')]);
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

function failing(): IDBOpenDBRequest {
  const request = { error: new Error('forbidden') } as unknown as IDBOpenDBRequest;
  queueMicrotask(() => request.onerror?.(new Event('error')));
  return request;
}
