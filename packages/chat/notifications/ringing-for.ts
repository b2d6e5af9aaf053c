import type { MessageId, RoomId, Settings, UserId } from '@confab/protocol';
import { isQuiet } from '@confab/protocol/quiet-hours.ts';
import type { Step } from '@confab/storage';
import { blockersOf } from '../blocks/index.ts';
import { remindersOf } from '../reminders/index.ts';
import { settingsOf } from '../settings/index.ts';
import { candidateFor, type Rung, rungMessage } from './audience.ts';
import { decideFor } from './decide-for.ts';
import { wordsOf } from './words-of.ts';

/** What a notification says of a message. */
export interface Ringing {
  readonly room: RoomId;
  readonly message: MessageId;
  readonly seq: number;
  readonly author: string;
  /** The hash of the author’s picture; empty for none. */
  readonly picture: string;
  /** What its room is called, a channel with its `#`; empty for a direct and for a group without a name. */
  readonly place: string;
  readonly text: string;
}

/** A message that rings for somebody now and that they have not read; `undefined` when it does not. */
export function* ringingFor(user: UserId, message: MessageId, now: number): Step<Ringing | undefined> {
  return yield* ringingWith({ user, message, settings: yield* settingsOf(user), now });
}

interface Question {
  readonly user: UserId;
  readonly message: MessageId;
  readonly settings: Settings;
  readonly now: number;
}

/** The same, for somebody whose settings are known. */
export function* ringingWith({ user, message, settings, now }: Question): Step<Ringing | undefined> {
  const rung = yield* rungMessage(message);
  const candidate = rung && (yield* candidateFor(rung, user));
  if (!candidate || candidate.hasRead) return undefined;
  const blocks = (yield* blockersOf(rung.author, [user])).length > 0;
  if (decideFor(rung, { candidate, settings, blocks, now }) !== 'alert') return undefined;
  const { room, seq, authorName, authorPicture, roomName } = rung;
  const place = rung.kind === 'channel' ? `#${roomName}` : roomName;
  return { room, message, seq, author: authorName, picture: authorPicture, place, text: yield* wordsOf(rung) };
}

/** A message that somebody is reminded of and is not done with; `undefined` when it does not ring now. */
export function* reminderFor(user: UserId, message: MessageId, now: number): Step<Rung | undefined> {
  const { doNotDisturb } = yield* settingsOf(user);
  if (isQuiet(doNotDisturb, now)) return undefined;
  const isDue = (yield* remindersOf(user)).some((each) => each.message === message && each.toldAt !== null);
  const rung = isDue ? yield* rungMessage(message) : undefined;
  return rung && { ...rung, text: yield* wordsOf(rung) };
}
