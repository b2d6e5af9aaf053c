import type { MessageId, RoomId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { addresseeOf, alertsOf } from '../mail/index.ts';
import { settingsOf } from '../settings/index.ts';
import { ringingWith } from './ringing-for.ts';

/** What a mail says of a message. Where its words are not to be shown, it says only that there is one. */
export interface MailedMessage {
  readonly room: RoomId;
  readonly message: MessageId;
  readonly author: string;
  /** As in `Ringing`. */
  readonly place: string;
  readonly text: string;
}

/** What a mail tells of. */
export interface NextDigest {
  readonly name: string;
  readonly address: string;
  readonly hidden: boolean;
  /** The oldest first, so many as a mail holds. */
  readonly messages: readonly MailedMessage[];
  /** How many there are besides. */
  readonly rest: number;
  /** All that were looked at, be it that there is nothing to tell of them any more. */
  readonly told: readonly MessageId[];
}

/**
 * Asked right before it is sent: what was read meanwhile, or may not be seen any more, is not told of ([O7]). Quiet hours
 * count when a message comes: a mail itself disturbs nobody. `null`: they are sent no mail.
 */
export function* nextDigest({ user, now }: { readonly user: UserId; readonly now: number }): Step<NextDigest | null> {
  const addressee = yield* addresseeOf(user);
  if (!addressee?.verified || addressee.failure === 'refused') return null;
  const own = yield* settingsOf(user);
  if (own.mailDigest === 'never') return null;
  const settings = { ...own, doNotDisturb: { until: null, schedule: null } };
  const hidden = own.notifyContent === 'hidden';
  const told: MessageId[] = [];
  const messages: MailedMessage[] = [];
  let rest = 0;
  for (const { message } of yield* alertsOf(user)) {
    told.push(message);
    const ringing = yield* ringingWith({ user, message, settings, now });
    if (!ringing) continue;
    const { room, author, place, text } = ringing;
    const said = hidden
      ? { author: '', place: '', text: '' }
      : { author, place, text: text.slice(0, limits.pushTextChars) };
    if (messages.length < limits.mailMessages) messages.push({ room, message, ...said });
    else rest += 1;
  }
  return { name: addressee.name, address: addressee.address, hidden, messages, rest, told };
}
