import { Refusal } from '@confab/protocol/errors.ts';
import { roomLog } from '@confab/protocol/ids.ts';
import { deleteFile, fileRow, untellFiles } from '../files/index.ts';
import { append } from '../log.ts';
import { operation } from '../operation.ts';
import { auditRoom } from '../rooms/index.ts';
import { messageOfReached, whole } from './reached-message.ts';
import { removeMessage } from './remove-message.ts';

export const removeFile = operation({
  name: 'message.remove-file',
  kind: 'write',
  access: { who: 'message', only: 'author-or-moderator' },
  limit: 'write',
  *run({ actor, reached, tx }, { file, reason }) {
    const message = yield* whole(tx, actor.user, messageOfReached(reached));
    const files = (message.files ?? []).filter(({ id }) => id !== file);
    // Of a file that was taken out before, or with its message, nothing is left to do.
    const row = yield* fileRow(file);
    if (row === undefined) return { message };
    if (row.message_id !== reached.id) throw new Refusal('not-found');
    if (files.length === 0 && message.text.trim() === '') {
      return { message: yield* removeMessage(tx, actor.user, reached, reason) };
    }
    yield* deleteFile(tx, row);
    const log = roomLog(reached.room.id);
    yield* append(tx, {
      log,
      name: 'file.removed',
      by: actor.user,
      data: { message: reached.id, file },
      subject: reached.id,
    });
    yield* untellFiles(reached.room.id, reached.id, [file]);
    if (actor.user !== reached.author) {
      const about = { user: reached.author, message: reached.id, ...(reason ? { reason } : {}) };
      yield* auditRoom(tx, reached.room, actor.user, 'file-removed', about);
    }
    const { files: _, ...rest } = message;
    const left = files.length > 0 ? { ...rest, files } : rest;
    yield* tx.happened({ kind: 'file-removed', message: left });
    return { message: left };
  },
});
