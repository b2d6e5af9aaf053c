import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeUploadStore, uploadRecord } from '../testing/upload-contract.ts';
import { IndexedDbUploads } from './indexed-db-uploads.ts';
import { MemoryUploads } from './upload-store.ts';

describeUploadStore('memory', () => new MemoryUploads());
describeUploadStore('IndexedDB', () => new IndexedDbUploads(new IDBFactory(), 'uploads'));

describe('uploads in IndexedDB', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('are there for the next page', async () => {
    const factory = new IDBFactory();
    await new IndexedDbUploads(factory, 'uploads').put(uploadRecord('a'), { data: new Blob(['one']), poster: null });
    // Not closed: a crash does not say goodbye.
    const [stored] = await new IndexedDbUploads(factory, 'uploads').load();
    expect(await stored?.data?.data.text()).toBe('one');
  });

  it('are kept without their bytes where there is no room for them', async () => {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === 'data') throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, key);
    });
    const store = new IndexedDbUploads(new IDBFactory(), 'uploads');
    await store.put(uploadRecord('a'), { data: new Blob(['one']), poster: null });
    expect(await store.load()).toEqual([{ record: uploadRecord('a'), data: null }]);
  });
});
