import type { Confab, Timeline } from '@confab/client';

/**
 * Takes back a message that was not sent; what it brought along is attached again where it was, as far as it is on this
 * device: discarding a message discards its files.
 */
export function takeBack(confab: Confab, timeline: Timeline, clientId: string, uploads: readonly string[] = []): void {
  const kept = uploads.flatMap((id) => {
    const upload = confab.files.upload(id).get();
    const data = confab.files.data(id);
    return upload === undefined || data === null ? [] : [{ upload, data }];
  });
  timeline.discard(clientId);
  for (const { upload, data } of kept) {
    const { place, name, about, description } = upload;
    const [id] = confab.files.attach(place, [{ data, name, about }]);
    if (id !== undefined && description !== '') confab.files.describe(id, description);
  }
}
