import type { ReportCase, RoomId, RoomInfo, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { peopleByIds } from '../accounts/index.ts';
import { operation } from '../operation.ts';
import { roomAsSeenBy } from '../rooms/index.ts';
import { type CaseRow, casesBefore, reportsOf } from './case-store.ts';

/** Behind every id. */
const last = '~';

function* roomsOf(asker: UserId, rows: readonly CaseRow[]): Step<Map<RoomId, RoomInfo>> {
  const found = new Map<RoomId, RoomInfo>();
  for (const { room_id: room } of rows) {
    if (!found.has(room)) found.set(room, (yield* roomAsSeenBy(asker, room)).info);
  }
  return found;
}

function decidedOf({ decided_by: by, decided_at: at, decision, reason }: CaseRow): Pick<ReportCase, 'decided'> {
  return by === null || at === null || decision === null ? {} : { decided: { by, at, decision, reason } };
}

const namedIn = ({ author, takenBy, reports, decided }: ReportCase): UserId[] =>
  [author, takenBy, decided?.by, ...reports.map(({ by }) => by)].filter((user) => user !== null && user !== undefined);

export const showQueue = operation({
  name: 'moderation.queue',
  kind: 'read',
  access: { who: 'space', atLeast: 'moderator' },
  limit: 'read',
  *run({ actor, reached }, { decided = false, before = last, limit = limits.moderationPerPage }) {
    const found = yield* casesBefore(reached.id, decided, before, limit + 1);
    const rows = found.slice(0, limit);
    const rooms = yield* roomsOf(actor.user, rows);
    const reports = yield* reportsOf(rows.map(({ message_id }) => message_id));
    const cases = rows.flatMap((row): ReportCase[] => {
      const room = rooms.get(row.room_id);
      if (!room) return [];
      const { message_id: message, author, text, opened_at: openedAt, taken_by: takenBy } = row;
      const said = reports.get(message) ?? [];
      return [{ message, room, author, text, openedAt, takenBy, reports: said, ...decidedOf(row) }];
    });
    const people = yield* peopleByIds([...new Set(cases.flatMap(namedIn))]);
    return { cases, people, more: found.length > limit };
  },
});
