import type { MessageId, PushPayload, Settings } from '@confab/protocol';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import { type PushData, type PushTarget, pushSubject, targetOf } from '../push/index.ts';
import { settingsOf } from '../settings/index.ts';
import { reminderFor, ringingFor } from './ringing-for.ts';

/** What is to be sent now, and where. */
export interface NextPush {
  readonly target: PushTarget;
  readonly payload: PushPayload;
  /** What of a push service's queue it takes the place of (RFC 8030, section 5.4): at most 32 letters. */
  readonly topic: string;
  /** Whether it rings while one is active on one of one's devices. */
  readonly when: Settings['pushWhen'];
}

/** Asked right before it is sent: who has read it meanwhile, or may not see it any more, is not told ([O4]). */
export function* nextPush(input: {
  readonly subject: string;
  readonly data: PushData;
  readonly now: number;
}): Step<NextPush | null> {
  const target = yield* targetOf(pushSubject(input.subject).subscription, input.now);
  if (!target) return null;
  if (input.data.message === null) return yield* nextTest(target);
  if (input.data.reminder) return yield* nextReminder(target, input.data.message, input.now);
  const ringing = yield* ringingFor(target.user, input.data.message, input.now);
  if (!ringing) return null;
  const { notifyContent, pushWhen, language } = yield* settingsOf(target.user);
  const { room, message, seq, author, picture, place, text } = ringing;
  const about = { language: language ?? 'en', room, message, seq };
  const pictured = picture === '' ? {} : { picture };
  const payload: PushPayload =
    notifyContent === 'hidden'
      ? { kind: 'hidden', ...about }
      : { kind: 'message', ...about, author, ...pictured, place, text: text.slice(0, limits.pushTextChars) };
  return { target, payload, topic: room.replaceAll('-', ''), when: pushWhen };
}

function* nextTest(target: PushTarget): Step<NextPush> {
  const { language } = yield* settingsOf(target.user);
  return { target, payload: { kind: 'test', language: language ?? 'en' }, topic: 'test', when: 'always' };
}

function* nextReminder(target: PushTarget, message: MessageId, now: number): Step<NextPush | null> {
  const found = yield* reminderFor(target.user, message, now);
  if (!found) return null;
  const { notifyContent, language } = yield* settingsOf(target.user);
  const text = notifyContent === 'hidden' ? '' : found.text.slice(0, limits.pushTextChars);
  const { room, seq } = found;
  const payload: PushPayload = { kind: 'reminder', language: language ?? 'en', room, message, seq, text };
  return { target, payload, topic: message.replaceAll('-', ''), when: 'always' };
}
