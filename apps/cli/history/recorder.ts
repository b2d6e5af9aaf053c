import type { LoggedEvent } from '@confab/protocol';
import type { HistoryRecord } from './record.ts';

/** Collects what the clients of one process do, in the order in which they do it. */
export class Recorder {
  readonly records: HistoryRecord[] = [];
  /** Sends handed over so far, each counted once however often it was repeated. */
  get sends(): number {
    return this.#clientIds.size;
  }
  readonly #clientIds = new Set<string>();

  sent(client: string, log: string, clientId: string): void {
    this.#clientIds.add(clientId);
    this.records.push({ kind: 'send', at: performance.now(), client, log, clientId });
  }

  acknowledged(client: string, log: string, clientId: string, seq: number): void {
    this.records.push({ kind: 'ack', at: performance.now(), client, log, clientId, seq });
  }

  refused(client: string, log: string, clientId: string): void {
    this.records.push({ kind: 'refused', at: performance.now(), client, log, clientId });
  }

  joined(client: string, log: string, epoch: number, seq: number): void {
    this.records.push({ kind: 'joined', at: performance.now(), client, log, epoch, seq });
  }

  seen(client: string, event: LoggedEvent): void {
    const { log, epoch, seq } = event;
    this.records.push({ kind: 'seen', at: performance.now(), client, log, epoch, seq, text: JSON.stringify(event) });
  }

  settled(client: string, log: string, seq: number): void {
    this.records.push({ kind: 'settled', at: performance.now(), client, log, seq });
  }

  /** The whole of a log as it stands at the end, and its head as told apart from it. */
  final(log: string, events: readonly LoggedEvent[], head: { epoch: number; seq: number }): void {
    const deleted = new Set(events.flatMap((event) => (event.event === 'message.deleted' ? [event.data.id] : [])));
    for (const event of events) {
      const message = 'id' in event.data ? event.data.id : undefined;
      const isDelete = event.event === 'message.deleted';
      this.records.push({
        kind: 'final',
        log,
        epoch: event.epoch,
        seq: event.seq,
        by: event.by,
        ...(event.event === 'message.posted' ? { clientId: event.data.clientId } : {}),
        ...(message !== undefined && deleted.has(message as never) && !isDelete ? { wiped: true } : {}),
        text: JSON.stringify(event),
      });
    }
    this.records.push({ kind: 'head', log, epoch: head.epoch, seq: head.seq });
  }
}
