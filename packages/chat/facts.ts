import type {
  AuditAction,
  Message,
  MessageId,
  Person,
  Role,
  RoomId,
  ScheduledId,
  SettingsChange,
  SpaceId,
  UserId,
} from '@confab/protocol';
import type { ReachedRoom } from './access.ts';

/**
 * What one slice tells those after it, inside the same transaction. An operation says what happened; who acts on it
 * stands in `consequences.ts`.
 */
export type Fact =
  | { readonly kind: 'instance-set-up'; readonly user: UserId; readonly spaceName: string }
  /** `invite` is the invitation's token, `null` where sign-up is open and none was given. */
  | { readonly kind: 'signed-up'; readonly user: UserId; readonly invite: string | null }
  /** Switched off: nobody comes by it any more. */
  | { readonly kind: 'account-disabled'; readonly user: UserId }
  | { readonly kind: 'person-changed'; readonly person: Person }
  | { readonly kind: 'settings-changed'; readonly user: UserId; readonly change: SettingsChange }
  /** Somebody has read a room up to `seq`, and said so. A post of theirs says as much, without this. */
  | { readonly kind: 'room-read'; readonly room: RoomId; readonly user: UserId; readonly seq: number }
  | { readonly kind: 'space-created'; readonly space: SpaceId; readonly by: UserId }
  | { readonly kind: 'space-joined'; readonly space: SpaceId; readonly user: UserId; readonly role: Role }
  | { readonly kind: 'space-left'; readonly space: SpaceId; readonly user: UserId; readonly by: UserId }
  /** `user` is no member of `room` any more. */
  | { readonly kind: 'room-left'; readonly room: RoomId; readonly user: UserId }
  /** Stored and appended to its room's log. `room` is as it was reached before; `here`: whom its `@here` calls. */
  | {
      readonly kind: 'message-posted';
      readonly room: ReachedRoom;
      readonly message: Message;
      readonly here: readonly UserId[];
    }
  /** `message` is as it stands now, `before` what it said. */
  | { readonly kind: 'message-edited'; readonly message: Message; readonly before: string }
  /** `message` is as it stands without it. */
  | { readonly kind: 'file-removed'; readonly message: Message }
  /** More is known of a file that waits in a message. */
  | { readonly kind: 'scheduled-file-changed'; readonly scheduled: ScheduledId }
  /** Somebody is reminded of a message. */
  | { readonly kind: 'reminder-due'; readonly user: UserId; readonly message: MessageId }
  | { readonly kind: 'message-deleted'; readonly message: MessageId; readonly room: RoomId }
  /** Words of the space's filter were said that moderators want to hear of. */
  | { readonly kind: 'words-found'; readonly room: ReachedRoom; readonly message: Message }
  /** Something that the record of a space keeps. `user`: to whom it was done, who hears of it where it concerns them. */
  | ({ readonly kind: 'audited' } & Audited)
  | { readonly kind: 'signed-in'; readonly user: UserId }
  | { readonly kind: 'role-set'; readonly space: SpaceId; readonly user: UserId; readonly role: Role };

export interface Audited {
  readonly space: SpaceId;
  readonly by: UserId;
  readonly action: AuditAction;
  readonly user?: UserId;
  readonly room?: RoomId;
  readonly message?: MessageId;
  readonly reason?: string;
  /** `null`: until it is taken back. */
  readonly until?: number | null;
  readonly detail?: string;
}

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;
