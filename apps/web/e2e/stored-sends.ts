import type { Page } from 'playwright-core';

/** How many sends wait on the device's disk. A message shows at once; it is safe from a closed tab when it is here. */
export function storedSends(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const answered = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const name = (await indexedDB.databases()).map((each) => each.name ?? '').find((each) => each.includes('outbox'));
    if (name === undefined) return 0;
    const database = await answered(indexedDB.open(name));
    const count = await answered(database.transaction('sends', 'readonly').objectStore('sends').count());
    database.close();
    return count;
  });
}
