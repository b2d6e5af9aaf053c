import type { File, FileId, Message, PlacedFile } from '@confab/protocol';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { useConversation } from '../messages/conversation-context.tsx';
import { ArchiveCard } from './archive-card.tsx';
import { FileCard } from './file-card.tsx';
import styles from './files.module.css';
import { arranged, frameOf, gridFrame, isPicture } from './files-layout.ts';
import { PdfCard } from './pdf-card.tsx';
import { Picture } from './picture.tsx';
import { SoundCard } from './sound-card.tsx';
import { TextCard } from './text-card.tsx';
import { VideoPart } from './video-part.tsx';

/** So many pictures are shown in the message; the others are in the gallery. */
const mostInGrid = 5;

interface MessageFilesProps {
  message: Message;
  files: readonly File[];
}

/** The files of a message, each as what it is. What this browser cannot draw or play is a card. */
export default function MessageFiles({ message, files }: MessageFilesProps) {
  const { room, id, author: by, postedAt: at } = message;
  const [broken, setBroken] = useState<ReadonlySet<FileId>>(new Set());
  const openGallery = useGallery();
  const { pictures, videos, rest } = arranged(
    files.map((file) => (broken.has(file.id) ? { ...file, kind: 'other' as const } : file)),
  );
  const breaks = (file: File) => () => setBroken((last) => new Set(last).add(file.id));
  const place = (file: File): PlacedFile => ({ file, room, message: id, by, at });
  const [alone] = pictures.length === 1 ? pictures : [];
  return (
    <>
      {alone ? (
        <div className={styles.alone}>
          <Picture
            placed={place(alone)}
            frame={frameOf(alone)}
            onOpen={() => openGallery(place(alone))}
            onBroken={breaks(alone)}
          />
        </div>
      ) : null}
      {pictures.length > 1 ? (
        <ul
          className={styles.grid}
          data-count={Math.min(pictures.length, mostInGrid)}
          style={{ aspectRatio: ratioOf(pictures.length) }}
          aria-label={t('Pictures')}
        >
          {pictures.slice(0, mostInGrid).map((file, index) => (
            <li key={file.id}>
              <Picture
                placed={place(file)}
                frame={null}
                more={index === mostInGrid - 1 ? pictures.length - mostInGrid : 0}
                onOpen={() => openGallery(place(file))}
                onBroken={breaks(file)}
              />
            </li>
          ))}
        </ul>
      ) : null}
      {videos.map((file) => (
        <VideoPart key={file.id} placed={place(file)} onBroken={breaks(file)} />
      ))}
      {rest.map((file) => (
        <Rest key={file.id} placed={place(file)} />
      ))}
    </>
  );
}

function ratioOf(count: number): number {
  const { width, height } = gridFrame(count);
  return width / height;
}

function Rest({ placed }: { placed: PlacedFile }) {
  switch (placed.file.kind) {
    case 'sound':
      return <SoundCard placed={placed} />;
    case 'pdf':
      return <PdfCard placed={placed} />;
    case 'text':
      return <TextCard placed={placed} />;
    case 'archive':
      return <ArchiveCard placed={placed} />;
    default:
      return <FileCard placed={placed} />;
  }
}

/** Opens the gallery at a picture, with those of all messages that are loaded around it. */
function useGallery(): (start: PlacedFile) => void {
  const dialogs = useDialogs();
  const { timeline, moderates, readOnly, thread } = useConversation();
  return (start) => {
    const { items, root, later } = timeline.get();
    const messages = [...(root ? [root] : []), ...items].flatMap((item) =>
      item.kind === 'message' && item.message.deletedAt === null ? [item.message] : [],
    );
    const files = messages.flatMap(({ room, id, author, postedAt, files = [] }) =>
      files
        .filter((file) => isPicture(file) || file.kind === 'video')
        .map((file): PlacedFile => ({ file, room, message: id, by: author, at: postedAt })),
    );
    dialogs.open({
      kind: 'gallery',
      files,
      start: start.file.id,
      mayRemove: moderates && !readOnly,
      // What a thread shows does not lie in a row with what the room does.
      goesOn: thread === null && !later,
    });
  };
}
