import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { append } from '../log.ts';
import { namedIn } from '../mentions/index.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';
import { checkMessageText } from '../text.ts';
import { filtered } from '../word-filter.ts';
import { setText } from './message-store.ts';
import { messageOfReached, whole } from './reached-message.ts';
import { keepVersion } from './version-store.ts';

export const editMessage = operation({
  name: 'message.edit',
  kind: 'write',
  access: { who: 'message', only: 'author' },
  limit: 'write',
  *run({ actor, reached, tx }, { text: typed }) {
    if (reached.deletedAt !== null) throw new Refusal('message-deleted');
    yield* refuseIfSilent(reached.room, actor.user, tx.now);
    const message = yield* whole(tx, actor.user, messageOfReached(reached));
    checkMessageText(typed, message.files !== undefined);
    const { text, reported } = filtered(typed, reached.room.wordFilter);
    if (text === reached.text) return { message };
    yield* keepVersion(reached.id, reached.text, reached.editedAt ?? reached.postedAt);
    const named = yield* namedIn(reached.room, text);
    const { mentions: _, mentionedGroups: __, ...rest } = message;
    const edited = { ...rest, text, ...named.fields, editedAt: tx.now };
    yield* setText(edited, tx.now);
    yield* append(tx, {
      log: roomLog(reached.room.id),
      name: 'message.edited',
      by: actor.user,
      data: { id: reached.id, text, ...named.fields },
      subject: reached.id,
    });
    yield* tx.happened({ kind: 'message-edited', message: edited, before: reached.text });
    if (reported) yield* tx.happened({ kind: 'words-found', room: reached.room, message: edited });
    return { message: edited };
  },
});
