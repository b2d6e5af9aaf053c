import type { AuditAction, NoteData, NoteKind, RoomId, SpaceId } from '@confab/protocol';
import { type Step, sql } from '@confab/storage';
import type { Audited, FactOf } from '../facts.ts';
import type { Transaction } from '../transaction.ts';
import { insertAudit } from './audit-store.ts';
import { tellNote } from './note-store.ts';

export function* keepRecord(tx: Transaction, entry: FactOf<'audited'>): Step<void> {
  yield* insertAudit(entry, tx.now);
}

/** What is told to whom it was done. */
const told: Readonly<Partial<Record<AuditAction, NoteKind>>> = {
  'person-warned': 'warned',
  'person-muted': 'muted',
  'person-unmuted': 'unmuted',
  'person-banned': 'banned',
  'person-removed': 'removed',
  'room-person-removed': 'removed',
  'message-deleted': 'message-deleted',
  'file-removed': 'file-removed',
};

/** Where a note is about, in names: whoever reads it may not be there any more. */
export function* noteAbout(space: SpaceId, room?: RoomId): Step<Omit<NoteData, 'kind' | 'reason'>> {
  const row = yield* sql.get<{ space_name: string; room_name: string | null }>(
    `SELECT sp.name AS space_name, (SELECT r.name FROM rooms r WHERE r.id = ?) AS room_name
     FROM spaces sp WHERE sp.id = ?`,
    room ?? '',
    space,
  );
  const roomName = row?.room_name ?? '';
  return { space, spaceName: row?.space_name ?? '', ...(room ? { room, roomName } : {}) };
}

/** Nobody is told of what they did themselves. */
export function* tellConcerned(tx: Transaction, entry: Audited): Step<void> {
  const { action, user, by, space, room, reason = '', until } = entry;
  const kind = told[action];
  if (kind === undefined || user === undefined || user === by) return;
  const about = yield* noteAbout(space, room);
  yield* tellNote(tx, user, { kind, ...about, reason, ...(until === undefined ? {} : { until }) });
}

export function* recordJoined(tx: Transaction, { space, user, role }: FactOf<'space-joined'>): Step<void> {
  yield* insertAudit({ space, by: user, action: 'person-joined', detail: role }, tx.now);
}

/** Of moderators and those above them, in each of their spaces. */
export function* recordSignIn(tx: Transaction, { user }: FactOf<'signed-in'>): Step<void> {
  const rows = yield* sql.all<{ space: SpaceId }>(
    `SELECT space_id AS space FROM space_members WHERE user_id = ? AND role IN ('owner', 'admin', 'moderator')
     ORDER BY space_id`,
    user,
  );
  for (const { space } of rows) yield* insertAudit({ space, by: user, action: 'signed-in' }, tx.now);
}
