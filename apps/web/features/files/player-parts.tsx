import { Pause, Play } from 'lucide-react';
import { type CSSProperties, useMemo } from 'react';
import { t } from '../../language/sentences.ts';
import { formatLength } from './file-words.ts';
import styles from './player.module.css';
import { type Playing, type Rate, rates } from './player.ts';
import { barsPath } from './waveform.ts';

interface PlayButtonProps {
  playing: Playing;
  name: string;
  onPress: () => void;
}

export function PlayButton({ playing: { isOn, isWaiting }, name, onPress }: PlayButtonProps) {
  const label = isOn ? t('Pause {name}', { name }) : t('Play {name}', { name });
  return (
    <button
      type="button"
      className={styles.play}
      aria-label={label}
      aria-busy={isWaiting || undefined}
      data-tooltip={isOn ? t('Pause') : t('Play')}
      onClick={onPress}
    >
      {isOn ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
    </button>
  );
}

interface SeekBarProps {
  playing: Playing;
  waveform?: readonly number[] | undefined;
  onSeek: (toMs: number) => void;
}

const bars = 40;
/** What one press of an arrow key goes on or back. Milliseconds. */
const stepMs = 5_000;

/** How far it has come: a slider for pointers, keys and screen readers, drawn as how loud it is or as a line. */
export function SeekBar({ playing: { positionMs, durationMs }, waveform, onSeek }: SeekBarProps) {
  const path = useMemo(() => (waveform ? barsPath(waveform, bars) : null), [waveform]);
  const done = durationMs > 0 ? Math.min(1, positionMs / durationMs) : 0;
  const style: CSSProperties & Record<'--done', string> = { '--done': `${done * 100}%` };
  return (
    <div className={styles.seek} style={style}>
      <div className={styles.drawn} aria-hidden>
        {path === null ? (
          <>
            <span className={styles.line} />
            <span className={styles.lineDone} />
          </>
        ) : (
          <>
            <Bars path={path} className={styles.bars} />
            <Bars path={path} className={styles.barsDone} />
          </>
        )}
      </div>
      <input
        type="range"
        className={styles.slider}
        aria-label={t('Position')}
        aria-valuetext={t('{position} of {length}', {
          position: formatLength(positionMs),
          length: formatLength(durationMs),
        })}
        min={0}
        max={Math.max(1, durationMs)}
        step="any"
        value={Math.min(positionMs, durationMs)}
        disabled={durationMs === 0}
        onChange={(event) => onSeek(event.target.valueAsNumber)}
        onKeyDown={(event) => {
          const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
          const way = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1, ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (way === undefined) return;
          event.preventDefault();
          onSeek(Math.min(Math.max(0, positionMs + way * stepMs), durationMs));
        }}
      />
    </div>
  );
}

function Bars({ path, className }: { path: string; className: string | undefined }) {
  return (
    <svg aria-hidden className={className} viewBox={`0 0 ${bars} 100`} preserveAspectRatio="none">
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

export function RateButton({ rate, onChoose }: { rate: Rate; onChoose: (rate: Rate) => void }) {
  const next = rates[(rates.indexOf(rate) + 1) % rates.length] ?? 1;
  return (
    <button
      type="button"
      className={styles.rate}
      aria-label={t('Speed {rate}×', { rate })}
      data-tooltip={t('Speed')}
      onClick={() => onChoose(next)}
    >
      {`${rate}×`}
    </button>
  );
}
