import type { UserId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { type Step, sql } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';

/** How many bytes of files there may be; `null`: as many as there is room for. */
export interface FileQuotas {
  readonly personBytes: number | null;
  readonly spaceBytes: number | null;
}

const ofPerson = (user: UserId): string => `person:${user}`;
const ofSpace = (space: string): string => `space:${space}`;

function* grow(holder: string, bytes: number): Step<number> {
  const row = yield* sql.get<{ bytes: number }>(
    `INSERT INTO file_usage (holder, bytes) VALUES (?, ?)
     ON CONFLICT (holder) DO UPDATE SET bytes = file_usage.bytes + excluded.bytes RETURNING bytes`,
    holder,
    bytes,
  );
  return row?.bytes ?? 0;
}

/** Counts a file in before its first byte is taken. @throws `Refusal('quota-reached')` where there is no room for it. */
export function* takeRoom(
  user: UserId,
  room: Pick<ReachedRoom, 'space'>,
  size: number,
  quotas: FileQuotas,
): Step<void> {
  const { personBytes, spaceBytes } = quotas;
  if ((yield* grow(ofPerson(user), size)) > (personBytes ?? Number.POSITIVE_INFINITY)) {
    throw new Refusal('quota-reached', { whose: 'one person', limit: personBytes ?? 0 });
  }
  if (room.space === null) return;
  if ((yield* grow(ofSpace(room.space), size)) > (spaceBytes ?? Number.POSITIVE_INFINITY)) {
    throw new Refusal('quota-reached', { whose: 'the space', limit: spaceBytes ?? 0 });
  }
}

/** It is there no more. */
export function* giveRoom(user: UserId, room: Pick<ReachedRoom, 'space'>, size: number): Step<void> {
  yield* grow(ofPerson(user), -size);
  if (room.space !== null) yield* grow(ofSpace(room.space), -size);
}
