import { useConfab } from '@confab/client/react';
import type { File } from '@confab/protocol';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../language/sentences.ts';
import { FileIcon } from './file-card.tsx';
import styles from './gallery.module.css';
import { pauseVideos } from './pause-videos.ts';
import { usePlayerOfPage } from './player-context.tsx';
import { type Extent, fitted, moved, unzoomed, type Zoom, zoomed } from './zoom.ts';

interface StageProps {
  file: File;
  zoom: Zoom;
  onZoom: (change: (zoom: Zoom) => Zoom) => void;
  onStep: (by: number) => void;
}

/** What a turn of a wheel by one pixel does. */
const wheelStep = 0.002;
/** How far a finger goes, in CSS pixels, for the next picture. */
const swipePx = 60;
/** Two presses within this time, in milliseconds, zoom. */
const doubleMs = 320;
const doubleScale = 2.5;

export function Stage({ file, ...rest }: StageProps) {
  const [broken, setBroken] = useState(false);
  if (broken) return <Broken file={file} />;
  return file.kind === 'video' ? (
    <Film file={file} onBroken={() => setBroken(true)} />
  ) : (
    <Picture file={file} {...rest} onBroken={() => setBroken(true)} />
  );
}

function Broken({ file }: { file: File }) {
  return (
    <div className={styles.broken} role="status">
      <FileIcon file={file} />
      <p>{t('This browser cannot show it. You can download it.')}</p>
    </div>
  );
}

function Film({ file, onBroken }: { file: File; onBroken: () => void }) {
  const { files } = useConfab();
  const [player] = usePlayerOfPage();
  const preview = file.previews?.at(-1);
  return (
    <video
      className={styles.film}
      controls
      playsInline
      preload="metadata"
      src={files.address(file.id)}
      {...(preview === undefined ? {} : { poster: files.address(file.id, { preview }) })}
      aria-label={file.description ?? file.name}
      onPlay={(event) => {
        player?.pause();
        pauseVideos(event.currentTarget);
      }}
      onError={onBroken}
    />
  );
}

function Picture({ file, zoom, onZoom, onStep, onBroken }: StageProps & { onBroken: () => void }) {
  const { files } = useConfab();
  const stage = useRef<HTMLDivElement>(null);
  const [natural, setNatural] = useState<Extent | null>(null);
  const picture: Extent = {
    width: file.width ?? natural?.width ?? 1,
    height: file.height ?? natural?.height ?? 1,
  };
  const size = () => {
    const { width = 1, height = 1 } = stage.current?.getBoundingClientRect() ?? {};
    return { picture: fitted(picture, { width, height }), stage: { width, height } };
  };
  const gestures = useGestures({ zoom, onZoom, onStep, size });
  useWheel(stage, (event) => {
    const point = fromMiddle(stage.current, event);
    onZoom((last) => zoomed(last, Math.exp(-event.deltaY * wheelStep), point, size()));
  });
  const previews = file.previews ?? [];
  const isLarge = zoom.scale > 1 || previews.length === 0;
  const listed = previews.map((preview) => `${files.address(file.id, { preview })} ${preview}w`).join(', ');
  return (
    <div ref={stage} className={styles.stage} data-zoomed={zoom.scale > 1} {...gestures}>
      <img
        className={styles.picture}
        {...(isLarge && /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(file.type)
          ? { src: files.address(file.id) }
          : { srcSet: listed, sizes: '100vw', src: files.address(file.id, { preview: previews.at(-1) ?? 1 }) })}
        alt={file.description ?? file.name}
        draggable={false}
        style={{
          // Never larger than it is, unless one zooms.
          maxInlineSize: natural === null && file.width === undefined ? undefined : picture.width,
          maxBlockSize: natural === null && file.height === undefined ? undefined : picture.height,
          translate: `${zoom.x}px ${zoom.y}px`,
          scale: `${zoom.scale}`,
        }}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setNatural({ width: naturalWidth, height: naturalHeight })
        }
        onError={onBroken}
      />
    </div>
  );
}

/** Where a pointer is, counted from the middle of an element. */
function fromMiddle(element: HTMLElement | null, { clientX, clientY }: { clientX: number; clientY: number }) {
  const box = element?.getBoundingClientRect();
  if (!box) return { x: 0, y: 0 };
  return { x: clientX - box.x - box.width / 2, y: clientY - box.y - box.height / 2 };
}

/** React listens to the wheel passively, where the page cannot be kept from zooming itself. */
function useWheel(stage: { current: HTMLElement | null }, turn: (event: WheelEvent) => void) {
  const latest = useRef(turn);
  useEffect(() => {
    latest.current = turn;
  });
  useEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const listen = (event: WheelEvent) => {
      event.preventDefault();
      latest.current(event);
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [stage]);
}

interface Gestures {
  zoom: Zoom;
  onZoom: StageProps['onZoom'];
  onStep: StageProps['onStep'];
  size: () => { picture: Extent; stage: Extent };
}

type Point = { clientX: number; clientY: number };

const distance = (a: Point, b: Point): number => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
const middle = (a: Point, b: Point): Point => ({
  clientX: (a.clientX + b.clientX) / 2,
  clientY: (a.clientY + b.clientY) / 2,
});

/** One finger drags what is zoomed, or swipes to the next; two zoom; two presses zoom and go back. */
function useGestures({ zoom, onZoom, onStep, size }: Gestures) {
  const down = useRef(new Map<number, Point>());
  const began = useRef<{ at: Point; isSwipe: boolean } | null>(null);
  const pressedAtMs = useRef(-Infinity);
  const at = ({ clientX, clientY }: Point): Point => ({ clientX, clientY });
  const end = (event: PointerEvent<HTMLElement>) => {
    down.current.delete(event.pointerId);
    const start = began.current;
    if (down.current.size > 0 || start === null) return;
    began.current = null;
    const acrossPx = event.clientX - start.at.clientX;
    if (distance(start.at, event) > swipePx) {
      const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
      if (start.isSwipe && Math.abs(acrossPx) > swipePx) onStep(acrossPx < 0 === rtl ? -1 : 1);
      return;
    }
    if (distance(start.at, event) > 8 || event.type !== 'pointerup') return;
    const isSecond = event.timeStamp - pressedAtMs.current < doubleMs;
    pressedAtMs.current = isSecond ? -Infinity : event.timeStamp;
    if (!isSecond) return;
    const point = fromMiddle(event.currentTarget, event);
    onZoom((last) => (last.scale > 1 ? unzoomed : zoomed(last, doubleScale, point, size())));
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down.current.set(event.pointerId, at(event));
      began.current = { at: at(event), isSwipe: down.current.size === 1 && zoom.scale === 1 };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const before = down.current.get(event.pointerId);
      if (before === undefined) return;
      const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
      down.current.set(event.pointerId, at(event));
      if (other) {
        const factor = distance(other, event) / Math.max(1, distance(other, before));
        const point = fromMiddle(event.currentTarget, middle(other, event));
        onZoom((last) => zoomed(last, factor, point, size()));
      } else if (zoom.scale > 1) {
        onZoom((last) => moved(last, event.clientX - before.clientX, event.clientY - before.clientY, size()));
      }
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
