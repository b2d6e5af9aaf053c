declare const brand: unique symbol;

/** A string that the compiler does not mix up with another kind of id. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Id<'user'>;
export type SessionId = Id<'session'>;
export type SpaceId = Id<'space'>;
export type InviteId = Id<'invite'>;
export type WebhookId = Id<'webhook'>;
export type RoomId = Id<'room'>;
export type MessageId = Id<'message'>;
export type ScheduledId = Id<'scheduled'>;
export type ExportId = Id<'export'>;
export type PushSubscriptionId = Id<'push-subscription'>;
export type PeopleGroupId = Id<'people-group'>;
export type CustomEmojiId = Id<'custom-emoji'>;
export type SectionId = Id<'section'>;
export type FileId = Id<'file'>;

/** Chosen by the sender, unique per sender and room, at most 64 characters: what makes a send safe to repeat ([L2]). */
export type ClientId = Id<'client'>;

/** The name of a log: a room's, a space's (who and what is in it), or a user's own inbox. */
export type LogId = `room:${string}` | `space:${string}` | `inbox:${string}`;

export const roomLog = (room: RoomId): LogId => `room:${room}`;
export const spaceLog = (space: SpaceId): LogId => `space:${space}`;
export const inboxLog = (user: UserId): LogId => `inbox:${user}`;

/** Splits a log's name into its kind and the id behind it. */
export function parseLogId(log: LogId): { kind: 'room' | 'space' | 'inbox'; id: string } {
  const colon = log.indexOf(':');
  return { kind: log.slice(0, colon) as 'room' | 'space' | 'inbox', id: log.slice(colon + 1) };
}

const hex: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Where ids get their time (Unix milliseconds) and their randomness from. */
export interface IdSource {
  now(): number;
  /** `count` random bytes. */
  randomBytes(count: number): Uint8Array;
}

/**
 * Makes UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a 12-bit counter that keeps ids of
 * one millisecond in order (section 6.2, method 1), then 62 random bits. A clock that steps back does not bring ids
 * out of order: the last time is kept until the clock has passed it.
 */
export function createIdFactory(source: IdSource): () => string {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const now = source.now();
    if (now > lastMs) {
      lastMs = now;
      counter = 0;
    } else {
      counter += 1;
      if (counter > 0xfff) {
        lastMs += 1;
        counter = 0;
      }
    }
    return formatUuidV7(lastMs, counter, source.randomBytes(8));
  };
}

function formatUuidV7(ms: number, counter: number, random: Uint8Array): string {
  const h = (byte: number) => hex[byte & 0xff] as string;
  const r = (index: number) => random[index] as number;
  const high = Math.floor(ms / 0x1_0000);
  const time = `${h(high / 0x100_0000)}${h(high >>> 16)}${h(high >>> 8)}${h(high)}-${h(ms / 0x100)}${h(ms)}`;
  const sequence = `${h(0x70 | (counter >>> 8))}${h(counter)}`;
  const tail = `${h(0x80 | (r(0) & 0x3f))}${h(r(1))}-${h(r(2))}${h(r(3))}${h(r(4))}${h(r(5))}${h(r(6))}${h(r(7))}`;
  return `${time}-${sequence}-${tail}`;
}
