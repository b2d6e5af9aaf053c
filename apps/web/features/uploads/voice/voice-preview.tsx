import type { FileAbout } from '@confab/protocol';
import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../../../language/sentences.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { formatLength } from '../../files/file-words.ts';
import { barsPath } from '../../files/waveform.ts';
import { useObjectUrl } from '../use-object-url.ts';
import styles from './voice-preview.module.css';

const shownBars = 60;
/** An arrow key goes this part of the whole, and never less. Milliseconds. */
const [stepsInAll, leastStepMs] = [20, 100];

/** Listens to a voice message before it is sent. */
export function VoicePreview({ data, about }: { data: Blob; about: FileAbout }) {
  const address = useObjectUrl(data);
  const sound = useRef<HTMLAudioElement>(null);
  const [isOn, setOn] = useState(false);
  const [positionMs, setPosition] = useState(0);
  const durationMs = about.durationMs ?? 0;
  useFrames(isOn, () => setPosition(Math.min(durationMs, (sound.current?.currentTime ?? 0) * 1_000)));
  const toggle = () => {
    if (isOn) sound.current?.pause();
    else void sound.current?.play().catch(() => setOn(false));
  };
  return (
    <div className={styles.voice}>
      {/* biome-ignore lint/a11y/useMediaCaption: what one just said oneself */}
      <audio
        ref={sound}
        src={address ?? undefined}
        preload="auto"
        onPlay={() => setOn(true)}
        onPause={() => setOn(false)}
        onEnded={() => setPosition(0)}
      />
      <IconButton
        size="small"
        look="primary"
        label={isOn ? t('Pause') : t('Listen')}
        icon={isOn ? <Pause size={16} /> : <Play size={16} />}
        onClick={toggle}
      />
      <div className={styles.line}>
        <svg className={styles.waveform} viewBox={`0 0 ${shownBars} 100`} preserveAspectRatio="none" aria-hidden>
          <path d={barsPath(about.waveform ?? [], shownBars)} />
          <path
            className={styles.played}
            d={barsPath(about.waveform ?? [], shownBars)}
            style={{ clipPath: `inset(0 ${100 - (100 * positionMs) / Math.max(1, durationMs)}% 0 0)` }}
          />
        </svg>
        <input
          type="range"
          className={styles.seek}
          aria-label={t('Place in the recording')}
          aria-valuetext={t('{time} of {whole}', { time: formatLength(positionMs), whole: formatLength(durationMs) })}
          min={0}
          max={durationMs}
          step={Math.max(leastStepMs, Math.round(durationMs / stepsInAll))}
          value={positionMs}
          onChange={(event) => {
            const next = Number(event.target.value);
            setPosition(next);
            if (sound.current !== null) sound.current.currentTime = next / 1_000;
          }}
          // They would move the recording among the other files.
          onKeyDown={(event) => event.stopPropagation()}
        />
      </div>
      <span className={styles.time}>{formatLength(isOn || positionMs > 0 ? positionMs : durationMs)}</span>
    </div>
  );
}

/** Calls with every frame while something plays. */
function useFrames(isOn: boolean, onFrame: () => void): void {
  const latest = useRef(onFrame);
  useEffect(() => {
    latest.current = onFrame;
  });
  useEffect(() => {
    if (!isOn) return;
    let frame = requestAnimationFrame(function next() {
      latest.current();
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [isOn]);
}
