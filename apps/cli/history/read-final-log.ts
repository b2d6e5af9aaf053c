import type { LoggedEvent, LogId, RoomId } from '@confab/protocol';
import type { HttpApi } from '../load/http-api.ts';
import type { Recorder } from './recorder.ts';

/** Reads a room's whole log and, by another way, its head, and puts both at the end of the history. */
export async function readFinalLog(api: HttpApi, room: RoomId, recorder: Recorder): Promise<LoggedEvent[]> {
  const log: LogId = `room:${room}`;
  const events: LoggedEvent[] = [];
  for (;;) {
    const page = await api.call('log.read', { log, after: events.at(-1)?.seq ?? 0 });
    events.push(...(page.events as LoggedEvent[]));
    if (page.events.length === 0) break;
  }
  const shown = await api.call('room.show', { room });
  recorder.final(log, events, shown.room.position);
  return events;
}
