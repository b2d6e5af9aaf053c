import type { Message, MessageId, Person, Role, RoomId, SettingsChange, SpaceId, UserId } from '@confab/protocol';
import type { ReachedRoom } from './access.ts';

/**
 * What one slice tells those after it, inside the same transaction. An operation says what happened; who acts on it
 * stands in `consequences.ts`.
 */
export type Fact =
  | { readonly kind: 'instance-set-up'; readonly user: UserId; readonly spaceName: string }
  /** `invite` is the invitation's token, `null` where sign-up is open and none was given. */
  | { readonly kind: 'signed-up'; readonly user: UserId; readonly invite: string | null }
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
  | { readonly kind: 'message-deleted'; readonly message: MessageId; readonly room: RoomId }
  | { readonly kind: 'role-set'; readonly space: SpaceId; readonly user: UserId; readonly role: Role };

export type FactOf<Kind extends Fact['kind']> = Extract<Fact, { kind: Kind }>;
