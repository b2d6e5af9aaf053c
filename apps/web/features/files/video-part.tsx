import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { FileMenu } from './file-menu.tsx';
import styles from './files.module.css';
import { frameOf } from './files-layout.ts';
import { pauseVideos } from './pause-videos.ts';
import { usePlayerOfPage } from './player-context.tsx';

/** A video, played where it stands; nothing of it is loaded before. */
export function VideoPart({ placed, onBroken }: { placed: PlacedFile; onBroken: () => void }) {
  const { file } = placed;
  const { files } = useConfab();
  const [player] = usePlayerOfPage();
  const { width, height } = frameOf(file);
  const preview = file.previews?.at(-1);
  return (
    <div className={styles.picture} style={{ inlineSize: width, aspectRatio: width / height }}>
      <video
        className={styles.video}
        controls
        playsInline
        preload="none"
        src={files.address(file.id)}
        {...(preview === undefined ? {} : { poster: files.address(file.id, { preview }) })}
        aria-label={file.description ?? file.name}
        onPlay={(event) => {
          player?.pause();
          pauseVideos(event.currentTarget);
        }}
        onError={onBroken}
      />
      <div className={styles.corner}>
        <FileMenu placed={placed} over />
      </div>
    </div>
  );
}
