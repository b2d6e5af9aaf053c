import type { MessageId, UserId } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { addresseeOf, alertsOf, type MailedMessage, type NextDigest } from '../mail/index.ts';
import { settingsOf } from '../settings/index.ts';
import { ringingWith } from './ringing-for.ts';

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
  const { name, address, language } = addressee;
  return { name, address, language, hidden, messages, rest, told };
}
