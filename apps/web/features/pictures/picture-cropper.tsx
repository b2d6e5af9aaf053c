import { Minus, Plus } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useAction } from '../../app/use-action.ts';
import { t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type Crop, mostZoom, moved, wholeCrop, zoomed } from './crop.ts';
import { drawCrop, pictureOf } from './draw-picture.ts';
import styles from './picture-cropper.module.css';
import { useHands } from './use-hands.ts';

interface PictureCropperProps {
  picture: ImageBitmap;
  /** Rejects where it could not be kept. */
  onSave: (picture: Blob) => Promise<unknown>;
  onCancel: () => void;
}

/** One press of an arrow key, in parts of what is shown; and how much one of `+` or `-` zooms. */
const keyStep = 0.05;
const zoomStep = 1.2;

/** In pixels: twice what they are shown with, for screens with many. */
const sizes = { stage: 480, shown: [112, 72, 44] } as const;

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyStep, 0],
  ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep],
  ArrowDown: [0, keyStep],
};

/** Cuts a square out of a picture: dragged, zoomed with two fingers, a wheel or a slider, or moved by keys. */
export default function PictureCropper({ picture, onSave, onCancel }: PictureCropperProps) {
  const [crop, setCrop] = useState(() => wholeCrop(picture));
  const hint = useId();
  const stage = useRef<HTMLDivElement>(null);
  const hands = useHands(stage, picture, setCrop);
  const { run, busy, failure } = useAction(async () => onSave(await pictureOf(picture, crop)));
  const zoomTo = (change: (zoom: number) => number) => setCrop((now) => zoomed(picture, now, change(now.zoom)));
  const press = (event: KeyboardEvent) => {
    const arrow = arrows[event.key];
    if (arrow) setCrop((now) => moved(picture, now, ...arrow));
    else if (event.key === '+' || event.key === '=') zoomTo((zoom) => zoom * zoomStep);
    else if (event.key === '-') zoomTo((zoom) => zoom / zoomStep);
    else return;
    event.preventDefault();
  };
  useEffect(() => stage.current?.focus(), []);
  return (
    <div className={styles.cropper}>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <div className={styles.views}>
        <div
          ref={stage}
          className={styles.stage}
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the picture here.
          tabIndex={0}
          aria-label={t('Part of the picture')}
          aria-describedby={hint}
          onKeyDown={press}
          {...hands}
        >
          <Drawn picture={picture} crop={crop} pixels={sizes.stage} />
        </div>
        <div className={styles.shown} role="img" aria-label={t('How it will look')}>
          {sizes.shown.map((pixels) => (
            <Drawn key={pixels} picture={picture} crop={crop} pixels={pixels} />
          ))}
        </div>
      </div>
      <div className={styles.zoom}>
        <IconButton
          label={t('Zoom out')}
          icon={<Minus size={16} />}
          onClick={() => zoomTo((zoom) => zoom / zoomStep)}
        />
        <input
          type="range"
          aria-label={t('Zoom')}
          min={1}
          max={mostZoom}
          step={0.01}
          value={crop.zoom}
          onChange={(event) => zoomTo(() => Number(event.target.value))}
        />
        <IconButton label={t('Zoom in')} icon={<Plus size={16} />} onClick={() => zoomTo((zoom) => zoom * zoomStep)} />
      </div>
      <p id={hint} className={styles.hint}>
        {t('Drag the picture, or move it with the arrow keys. Plus and minus zoom.')}
      </p>
      <div className={styles.actions}>
        <Button onClick={onCancel}>{t('Cancel')}</Button>
        <Button look="primary" busy={busy} onClick={() => run()}>
          {t('Save picture')}
        </Button>
      </div>
    </div>
  );
}

/** The square as it is now. */
function Drawn({ picture, crop, pixels }: { picture: ImageBitmap; crop: Crop; pixels: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, crop);
  }, [picture, crop]);
  return <canvas ref={canvas} width={pixels} height={pixels} data-pixels={pixels} aria-hidden />;
}
