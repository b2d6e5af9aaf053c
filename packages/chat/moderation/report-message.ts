import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import type { Step } from '@confab/storage';
import type { FactOf } from '../facts.ts';
import { type NamedFile, namedFilesOf } from '../files/index.ts';
import { operation } from '../operation.ts';
import { spaceOf } from '../rooms/index.ts';
import type { Transaction } from '../transaction.ts';
import { countOpenReportsOf, insertReport, type NewReport, openCase, type Reported } from './case-store.ts';
import { tellReports } from './tell-reports.ts';

/** What moderators are shown of a message: its text, and the names of its files. */
const shownText = (text: string, files: readonly NamedFile[] = []): string =>
  [...(text.trim() === '' ? [] : [text]), ...files.map(({ name }) => `📎 ${name}`)].join('\n');

function* report(tx: Transaction, reported: Reported, what: NewReport): Step<void> {
  yield* openCase(reported, tx.now);
  yield* insertReport(reported.message, what, tx.now);
  yield* tellReports(tx, reported.space);
}

export const reportMessage = operation({
  name: 'moderation.report',
  kind: 'write',
  access: { who: 'message', only: 'readers' },
  limit: 'write',
  *run({ actor, reached, tx }, { reason, note = '' }) {
    const space = spaceOf(reached.room);
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    const { id: message, author } = reached;
    const text = shownText(reached.text, (yield* namedFilesOf([message])).get(message));
    yield* report(tx, { message, space, author, text }, { by: actor.user, reason, note });
    if ((yield* countOpenReportsOf(actor.user)) > limits.openReportsPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.openReportsPerPerson, what: 'open reports of one person' });
    }
    return {};
  },
});

/** The word filter tells moderators of what it let pass. */
export function* reportWords(tx: Transaction, { room, message }: FactOf<'words-found'>): Step<void> {
  if (room.space === null) return;
  const { id, author } = message;
  const text = shownText(message.text, message.files);
  yield* report(tx, { message: id, space: room.space, author, text }, { by: null, reason: 'word-filter', note: '' });
}
