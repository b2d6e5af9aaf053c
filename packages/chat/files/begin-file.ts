import type { FileId } from '@confab/protocol';
import { Refusal } from '@confab/protocol/errors.ts';
import { limits } from '@confab/protocol/limits.ts';
import { operation } from '../operation.ts';
import { refuseIfSilent } from '../rooms/index.ts';
import { cleanName } from './clean-name.ts';
import { fileRow, insertFile, waitingFiles } from './file-store.ts';
import { takeRoom } from './usage.ts';

/** Where the bytes of a file go, by the tus protocol. */
export const uploadPath = (file: FileId): string => `/api/v1/uploads/${file}`;

export const beginFile = operation({
  name: 'file.begin',
  kind: 'write',
  access: { who: 'room', atLeast: 'guest' },
  limit: 'write',
  ids: 1,
  *run({ actor, reached, tx, prepared }, { name, size, about, sha256, posterOf }) {
    yield* refuseIfSilent(reached, actor.user, tx.now);
    if (size > prepared.fileBytes) throw new Refusal('file-too-large', { limit: prepared.fileBytes, size });
    if (!prepared.hasRoom) throw new Refusal('storage-full');
    const video = posterOf === undefined ? undefined : yield* fileRow(posterOf);
    if (posterOf !== undefined && (video?.user_id !== actor.user || video.room_id !== reached.id)) {
      throw new Refusal('invalid-params', { path: '/posterOf', problem: 'not a file of yours in this room' });
    }
    if ((yield* waitingFiles(actor.user)) >= limits.waitingFilesPerPerson) {
      throw new Refusal('limit-reached', { limit: limits.waitingFilesPerPerson, what: 'files that wait to be posted' });
    }
    yield* takeRoom(actor.user, reached, size, prepared);
    const file = tx.newId<FileId>();
    yield* insertFile({
      id: file,
      room_id: reached.id,
      user_id: actor.user,
      name: cleanName(name),
      sent: size,
      size,
      sha256: sha256 ?? '',
      // Told from its bytes once they have arrived.
      kind: 'other',
      type: 'application/octet-stream',
      blob: '',
      details: JSON.stringify(about ?? {}),
      poster_of: posterOf ?? '',
      message_id: null,
      scheduled_id: null,
      place: 0,
      begun_at: tx.now,
      posted_at: null,
    });
    return { file, upload: uploadPath(file) };
  },
});
