import type { Message } from '@confab/protocol';
import { Suspense } from 'react';
import { lazy } from '../../ui/lazy.ts';
import { arranged, gapPx, heightOf } from './files-layout.ts';

const MessageFiles = lazy(() => import('./message-files.tsx'));

/** What is attached to a message. */
export function FileParts({ message }: { message: Message }) {
  const { files } = message;
  return files ? (
    <Suspense fallback={<Reserved files={files} />}>
      <MessageFiles message={message} files={files} />
    </Suspense>
  ) : null;
}

/** As high as they will be, so that nothing moves when they are there. */
function Reserved({ files }: { files: NonNullable<Message['files']> }) {
  const { frames, rest } = arranged(files);
  return (
    <>
      {frames.map(({ width, height }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty, and gone as a whole
        <div key={index} style={{ maxInlineSize: width, aspectRatio: width / height, marginBlock: gapPx }} />
      ))}
      {rest.map((file) => (
        <div key={file.id} style={{ blockSize: heightOf(file), marginBlock: gapPx }} />
      ))}
    </>
  );
}
