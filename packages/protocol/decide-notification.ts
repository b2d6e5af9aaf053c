import type { UserId } from './ids.ts';
import type { Membership } from './membership.ts';
import { showsInRoom } from './message-fold.ts';
import type { Message } from './messages.ts';
import { isQuiet } from './quiet-hours.ts';
import type { RoomInfo } from './room-info.ts';
import type { Settings } from './settings.ts';

/**
 * What a message is to somebody ([O1]): nothing that they are told of; something that is only marked in the list of
 * rooms; or something that rings.
 */
export type Notification = 'none' | 'badge' | 'alert';

/** Everything that the decision hangs on. The server and the page know it by ways of their own. */
export interface NotificationCase {
  readonly me: UserId;
  readonly message: Pick<Message, 'author' | 'thread' | 'alsoInRoom' | 'mentionsAll' | 'deletedAt'>;
  /** It names one, alone or with a group of people, or called those who were there with `@here` while one was. */
  readonly named: boolean;
  readonly kind: RoomInfo['kind'];
  /** `null`: one is not in the room, but may see it. */
  readonly membership: Pick<Membership, 'notify' | 'mutedUntil'> | null;
  /** The thread that the message replies in is one that one follows. */
  readonly follows: boolean;
  readonly settings: Pick<Settings, 'notifyChannels' | 'notifyDirects' | 'notifyThreads' | 'doNotDisturb'>;
  /** One blocks the author. */
  readonly blocks: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}

/** What of a room one is told of: as chosen for it, otherwise as for rooms of its kind. */
export function levelOf({
  kind,
  membership,
  settings,
}: Pick<NotificationCase, 'kind' | 'membership' | 'settings'>): 'all' | 'mentions' | 'none' {
  if (membership !== null && membership.notify !== 'default') return membership.notify;
  return kind === 'channel' ? settings.notifyChannels : settings.notifyDirects;
}

function isMeant({ message, named, follows, settings }: NotificationCase): boolean {
  if (named || message.mentionsAll === 'room') return true;
  return message.thread !== undefined && follows && settings.notifyThreads === 'on';
}

/** The one place where it is decided what rings ([O1]). */
export function decideNotification(it: NotificationCase): Notification {
  const { me, message, kind, membership, now } = it;
  if (message.author === me || message.deletedAt !== null || it.blocks) return 'none';
  if (membership === null && !it.named) return 'none';
  const level = levelOf(it);
  if (level === 'none' || (membership?.mutedUntil ?? 0) > now) return 'none';
  const shows = showsInRoom(message);
  // In a small place every reply is meant for everybody; in a channel a thread is its followers'.
  const rings = isMeant(it) || (level === 'all' && (shows || kind !== 'channel'));
  if (rings) return isQuiet(it.settings.doNotDisturb, now) ? 'badge' : 'alert';
  return shows ? 'badge' : 'none';
}
