import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { FileMenu } from './file-menu.tsx';
import styles from './files.module.css';
import type { Frame } from './files-layout.ts';
import { usePrefersStill } from './use-prefers-still.ts';

interface PictureProps {
  placed: PlacedFile;
  /** `null`: as large as the place that it stands in. */
  frame: Frame | null;
  /** How many follow that are not shown. */
  more?: number;
  onOpen: () => void;
  onBroken: () => void;
}

/** A picture in a message: leads to the gallery. */
export function Picture({ placed, frame, more = 0, onOpen, onBroken }: PictureProps) {
  const { file } = placed;
  const [isThere, setThere] = useState(false);
  const [plays, setPlays] = useState(false);
  const prefersStill = usePrefersStill();
  const isStill = file.animated === true && prefersStill && !plays;
  const blur = useBlur(file.blur);
  const sources = useSources(placed, frame?.width ?? 240);
  const alt = file.description ?? file.name;
  const style = {
    ...(frame ? { inlineSize: frame.width, aspectRatio: frame.width / frame.height } : {}),
    ...(blur && !isThere ? { backgroundImage: `url(${blur})` } : {}),
  };
  return (
    <div className={classNames(styles.picture, frame === null && styles.filling)} style={style}>
      <button type="button" className={styles.open} onClick={isStill ? () => setPlays(true) : onOpen}>
        {sources === null ? (
          <span className={styles.waiting} role="img" aria-label={alt} />
        ) : isStill ? (
          <Still src={sources.src} alt={alt} onThere={() => setThere(true)} onBroken={onBroken} />
        ) : (
          <img {...sources} alt={alt} decoding="async" onLoad={() => setThere(true)} onError={onBroken} />
        )}
        {isStill && sources !== null ? (
          <span className={styles.playMark} role="img" aria-label={t('Play')}>
            <Play size={22} aria-hidden />
          </span>
        ) : null}
        {more > 0 ? <span className={styles.more}>{`+${more}`}</span> : null}
      </button>
      <div className={styles.corner}>
        <FileMenu placed={placed} over />
      </div>
    </div>
  );
}

/** The first picture of one that moves. */
function Still({ src, alt, onThere, onBroken }: { src: string; alt: string; onThere(): void; onBroken(): void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef({ onThere, onBroken });
  latest.current = { onThere, onBroken };
  useEffect(() => {
    let gone = false;
    const image = new Image();
    image.src = src;
    image.decode().then(
      () => {
        const drawn = canvas.current;
        if (gone || drawn === null) return;
        [drawn.width, drawn.height] = [image.naturalWidth, image.naturalHeight];
        drawn.getContext('2d')?.drawImage(image, 0, 0);
        latest.current.onThere();
      },
      () => (gone ? undefined : latest.current.onBroken()),
    );
    return () => {
      gone = true;
    };
  }, [src]);
  return <canvas ref={canvas} role="img" aria-label={alt} />;
}

function useBlur(blur: string | undefined): string | null {
  return useMemo(() => {
    if (blur === undefined) return null;
    try {
      return thumbHashToDataURL(Uint8Array.from(atob(blur), (letter) => letter.charCodeAt(0)));
    } catch {
      // It only stands for the picture until that is there.
      return null;
    }
  }, [blur]);
}

/** What an `<img>` takes; `null` while there is nothing to show. */
function useSources({ file }: PlacedFile, width: number) {
  const { files } = useConfab();
  const { id, previews = [] } = file;
  const largest = previews.at(-1);
  if (largest === undefined) return null;
  const listed = previews.map((preview) => `${files.address(id, { preview })} ${preview}w`);
  return { src: files.address(id, { preview: largest }), srcSet: listed.join(', '), sizes: `min(100vw, ${width}px)` };
}
