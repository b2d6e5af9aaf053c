import Type, { type TSchema } from 'typebox';
import type {
  ClientId,
  CustomEmojiId,
  ExportId,
  FileId,
  InviteId,
  LogId,
  MessageId,
  PeopleGroupId,
  PushSubscriptionId,
  RoomId,
  ScheduledId,
  SectionId,
  SessionId,
  SpaceId,
  UserId,
  WebhookId,
} from './ids.ts';
import { limits } from './limits.ts';

/** Pieces that the schemas of the domain words are made of. Every object is closed: an unknown property is refused. */

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const uuidOf = <T>(what: string) =>
  Type.Unsafe<T>(Type.String({ pattern: uuid, description: `A ${what}'s id (UUIDv7).` }));

export const UserIdSchema = uuidOf<UserId>('user');
export const SessionIdSchema = uuidOf<SessionId>('session');
export const SpaceIdSchema = uuidOf<SpaceId>('space');
export const InviteIdSchema = uuidOf<InviteId>('invite');
export const WebhookIdSchema = uuidOf<WebhookId>('webhook');
export const RoomIdSchema = uuidOf<RoomId>('room');
export const MessageIdSchema = uuidOf<MessageId>('message');
export const ExportIdSchema = uuidOf<ExportId>('export');
export const ScheduledIdSchema = uuidOf<ScheduledId>('scheduled message');
export const SectionIdSchema = uuidOf<SectionId>('section');
export const FileIdSchema = uuidOf<FileId>('file');
export const CustomEmojiIdSchema = uuidOf<CustomEmojiId>('custom emoji');
export const PeopleGroupIdSchema = uuidOf<PeopleGroupId>('group of people');
export const PushSubscriptionIdSchema = uuidOf<PushSubscriptionId>('push subscription');
export const ClientIdSchema = Type.Unsafe<ClientId>(
  Type.String({
    minLength: 1,
    maxLength: limits.clientIdChars,
    pattern: '^[!-~]+$',
    description: 'The sender’s own id for this send.',
  }),
);
export const LogIdSchema = Type.Unsafe<LogId>(Type.String({ pattern: `^(room|space|inbox):${uuid.slice(1)}` }));

/** Unix time in milliseconds. */
export const Timestamp = Type.Integer({ minimum: 0, description: 'Unix time in milliseconds.' });
export const Seq = Type.Integer({ minimum: 0, description: 'A position on a log; 0 is before its first event.' });
export const Epoch = Type.Integer({ minimum: 1, description: 'Changes only when the history of a log was rewritten.' });
export const Role = Type.Union([
  Type.Literal('owner'),
  Type.Literal('admin'),
  Type.Literal('moderator'),
  Type.Literal('member'),
  Type.Literal('guest'),
]);
export type Role = Type.Static<typeof Role>;

export const Nothing = Type.Object({}, { additionalProperties: false });

/** An object without further properties. */
export function Shape<P extends Record<string, TSchema>>(properties: P, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) });
}

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Where a log stands. `count` is the number of countable events (posts) so far: unread is a difference of counts. */
export const Position = Shape({ epoch: Epoch, seq: Seq, count: Type.Integer({ minimum: 0 }) });
export type Position = Type.Static<typeof Position>;

export type { Static, TSchema } from 'typebox';
export { default as Type } from 'typebox';
