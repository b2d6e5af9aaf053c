import type { Export, ExportId, LoggedEvent, Result, RoomId } from '@confab/protocol';
import type { Asker } from '../asker.ts';
import type { ExportsApi } from '../kept-api.ts';
import { Cell } from '../store.ts';

/** What one has put together to take along, as the inbox tells of it once it was looked at. */
export class Exports implements ExportsApi {
  readonly list = new Cell<Result<'export.list'>['exports'] | undefined>(undefined);
  readonly #asker: Asker;

  constructor(asker: Asker) {
    this.#asker = asker;
  }

  async refresh(): Promise<void> {
    this.list.set((await this.#asker.call('export.list', {})).exports);
  }

  async account(): Promise<Export> {
    return (await this.#asker.call('account.export', {})).export;
  }

  async room(room: RoomId): Promise<Export> {
    return (await this.#asker.call('room.export', { room })).export;
  }

  async remove(id: ExportId): Promise<void> {
    await this.#asker.call('export.remove', { export: id });
  }

  fileOf(id: ExportId): string {
    return `/api/v1/exports/${id}/file`;
  }

  left(): void {
    this.list.set(undefined);
  }

  apply(event: LoggedEvent): void {
    const before = this.list.get();
    if (before === undefined) return;
    if (event.event === 'inbox.export-removed') {
      this.list.set(before.filter((each) => each.export.id !== event.data.export));
    } else if (event.event === 'inbox.export-changed') {
      const told = event.data;
      const parts = before.find((each) => each.export.id === told.id)?.parts ?? 0;
      this.list.set([{ export: told, parts }, ...before.filter((each) => each.export.id !== told.id)]);
    }
  }
}
