import type { Notice, UserId } from '@confab/protocol';

/** A line of the timeline about the room: one event, or the same done to several people one after the other. */
export type NoticeLine =
  | { kind: 'event'; notice: Notice }
  /** `by` is `null` when each did it: came, or went. */
  | { kind: 'people'; verb: PeopleVerb; by: UserId | null; people: readonly UserId[]; at: number };

export type PeopleVerb = 'added' | 'removed' | 'joined' | 'left';

type Change = Omit<Extract<NoticeLine, { kind: 'people' }>, 'kind' | 'people' | 'at'> & { person: UserId };

/** Notices that share a line, ascending. */
export type NoticeGroup = readonly [Notice, ...Notice[]];

/** Whether `next` needs no line of its own after the group: the same again, or the maker of a room being in it. */
export function goesOn(group: NoticeGroup, next: Notice): boolean {
  const [first] = group;
  const change = changeOf(next);
  if (change === null) return false;
  if (first.event === 'room.created') {
    return group.length === 1 && change.verb === 'joined' && change.person === first.by;
  }
  const earlier = changeOf(first);
  return earlier !== null && earlier.verb === change.verb && earlier.by === change.by;
}

/** What the notices of one line say together. */
export function noticeLine(notices: NoticeGroup): NoticeLine {
  const [first] = notices;
  const last = notices.at(-1) ?? first;
  const change = changeOf(first);
  if (change === null) return { kind: 'event', notice: first };
  // Someone who came, went and came again is named once.
  const people = new Set(notices.flatMap((notice) => changeOf(notice)?.person ?? []));
  return { kind: 'people', verb: change.verb, by: change.by, people: [...people], at: last.at };
}

/** Who came or went; `null` when the notice is about something else. */
function changeOf({ event, data, by }: Notice): Change | null {
  const { person, user, reason } = (data ?? {}) as { person?: { id?: unknown }; user?: unknown; reason?: unknown };
  if (event === 'room.member-joined') {
    const id = person?.id ?? by;
    if (typeof id !== 'string') return null;
    return by === null || id === by
      ? { verb: 'joined', by: null, person: id as UserId }
      : { verb: 'added', by, person: id as UserId };
  }
  if (event !== 'room.member-left' || typeof user !== 'string') return null;
  return reason === 'removed' && by !== null && user !== by
    ? { verb: 'removed', by, person: user as UserId }
    : { verb: 'left', by: null, person: user as UserId };
}
