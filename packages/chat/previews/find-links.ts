import type { Message, MessageId, RoomId } from '@confab/protocol';
import { roomLog } from '@confab/protocol/ids.ts';
import { limits } from '@confab/protocol/limits.ts';
import { linksInText } from '@confab/protocol/links-in-text.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { scheduleJob } from '../jobs/index.ts';
import { append } from '../log.ts';
import type { Transaction } from '../transaction.ts';
import { deletePreviews, previewState } from './preview-store.ts';

const shownLinks = (text: string): string[] => linksInText(text).slice(0, limits.previewsPerMessage);

export function* previewPosted(tx: Transaction, { message }: FactOf<'message-posted'>): Step<void> {
  const links = shownLinks(message.text);
  if (links.length > 0) yield* look(tx, message, links);
}

export function* previewEdited(tx: Transaction, { message, before }: FactOf<'message-edited'>): Step<void> {
  const [links, linksBefore] = [shownLinks(message.text), shownLinks(before)];
  if (links.join(' ') === linksBefore.join(' ')) return;
  if (links.length > 0) yield* look(tx, message, links);
  else if ((yield* previewState(message.id)) === 'some') {
    yield* deletePreviews(message.id);
    yield* tellPreviews(tx, message.room, message.id, null, []);
  }
}

/** The pages are asked after the message is out, by whichever node comes to it first. */
function look(tx: Transaction, { id, room }: Message, links: readonly string[]): Step<void> {
  return scheduleJob(tx, { kind: 'previews', subject: id, dueAt: tx.now, lane: room, data: { room, links } });
}

export function* tellPreviews(
  tx: Transaction,
  room: RoomId,
  message: MessageId,
  by: Message['author'] | null,
  previews: NonNullable<Message['previews']>,
): Step<void> {
  yield* append(tx, {
    log: roomLog(room),
    name: 'message.previewed',
    by,
    data: { message, previews },
    subject: message,
  });
}
