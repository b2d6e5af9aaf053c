import type { Message, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import { namedInText } from '@confab/protocol/mention-names.ts';
import { type Step, sql } from '@confab/storage';
import type { ReachedRoom } from '../access.ts';
import { groupsByHandle } from '../people-groups/index.ts';

/** Whom a text names, as a message of a room says it. */
export interface Named {
  readonly fields: Pick<Message, 'mentions' | 'mentionedGroups'>;
  /** It calls everyone. */
  readonly all: 'room' | 'here' | null;
  /** Handles of people of the room's space who may not see the room. */
  readonly unreachable: string[];
}

const nobody: Named = { fields: {}, all: null, unreachable: [] };

interface PersonRow {
  id: UserId;
  handle: string;
  reachable: number;
}

/** Whether `u` may see the room `r`, given their rows in its space and in it: members, and for public rooms the space's. */
export const maySee = `(rm.user_id IS NOT NULL OR (r.visibility = 'public' AND sm.role IS NOT NULL AND sm.role <> 'guest'))`;

function* peopleNamed(room: RoomId, handles: readonly string[]): Step<PersonRow[]> {
  return yield* sql.all<PersonRow>(
    `SELECT u.id, u.handle, CASE WHEN ${maySee} THEN 1 ELSE 0 END AS reachable
     FROM users u JOIN rooms r ON r.id = ?
     LEFT JOIN space_members sm ON sm.space_id = r.space_id AND sm.user_id = u.id
     LEFT JOIN room_members rm ON rm.room_id = r.id AND rm.user_id = u.id
     WHERE u.handle = ANY (?) AND u.disabled_at IS NULL AND (sm.user_id IS NOT NULL OR rm.user_id IS NOT NULL)`,
    room,
    handles,
  );
}

/** Most messages hold no `@`: they are done with here, without a question to the database. */
export function* namedIn({ id, space }: ReachedRoom, text: string): Step<Named> {
  if (!text.includes('@')) return nobody;
  const { handles: all, all: called } = namedInText(text);
  const handles = all.slice(0, limits.mentionsPerMessage);
  if (handles.length === 0) return { ...nobody, all: called };
  const people = yield* peopleNamed(id, handles);
  const known = new Set(people.map(({ handle }) => handle));
  const others = handles.filter((handle) => !known.has(handle));
  const groups = space === null || others.length === 0 ? [] : yield* groupsByHandle(space, others);
  const reached = people.filter(({ reachable }) => reachable === 1).map((person) => person.id);
  const mentionedGroups = groups.slice(0, limits.groupsPerMessage).map((group) => group.id);
  return {
    fields: {
      ...(reached.length > 0 ? { mentions: reached } : {}),
      ...(mentionedGroups.length > 0 ? { mentionedGroups } : {}),
    },
    all: called,
    unreachable: people.filter(({ reachable }) => reachable === 0).map(({ handle }) => handle),
  };
}
