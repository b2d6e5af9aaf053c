import { Mic, Pause, Square, Trash2 } from 'lucide-react';
import { type Sentence, sentence, t } from '../../../language/sentences.ts';
import { Button } from '../../../ui/button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { formatLength } from '../../files/file-words.ts';
import { barsPath } from '../../files/waveform.ts';
import type { useVoice } from './use-voice.ts';
import styles from './voice-bar.module.css';
import { longestVoiceMs, type NoVoice } from './voice-recorder.ts';

/** The last minute is counted down. */
const countedDownMs = 60_000;
const shownBars = 48;

const advice: Readonly<Record<NoVoice, Sentence>> = {
  insecure: sentence(
    'Browsers only let pages record over HTTPS. Ask whoever runs this server to set it up, or attach a recording.',
  ),
  unsupported: sentence('This browser cannot record. Attach a recording instead.'),
  refused: sentence(
    'The microphone is blocked for this page. Allow it in the browser, beside the address, and try again.',
  ),
  'no-device': sentence('No microphone was found. Connect one, and try again.'),
  busy: sentence('The microphone could not be used. Close other programs that use it, and try again.'),
};

/** A recording that is under way, or why there is none. Over the text. */
export default function VoiceBar({ voice }: { voice: ReturnType<typeof useVoice> }) {
  const { state, start, stop, cancel, pause } = voice;
  if (state.status === 'idle') return null;
  if (state.status === 'asking') {
    return (
      <div className={styles.bar} role="status">
        <Mic size={17} aria-hidden />
        <span className={styles.words}>{t('Allow the microphone, and speak.')}</span>
        <Button size="small" look="quiet" onClick={cancel}>
          {t('Cancel')}
        </Button>
      </div>
    );
  }
  if (state.status === 'refused') {
    return (
      <div className={styles.bar} role="alert">
        <span className={styles.words}>{t(advice[state.why])}</span>
        <span className={styles.remedies}>
          <Button size="small" look="quiet" onClick={() => void start()}>
            {t('Try again')}
          </Button>
          <Button size="small" look="quiet" onClick={cancel}>
            {t('Cancel')}
          </Button>
        </span>
      </div>
    );
  }
  const isPaused = state.status === 'paused';
  const leftMs = longestVoiceMs - state.recordedMs;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields
    <div className={styles.bar} role="group" aria-label={t('Voice message')}>
      <span className={styles.spoken} role="status">
        {isPaused ? t('The recording pauses.') : t('Recording.')}
      </span>
      <IconButton size="small" label={t('Throw the recording away')} icon={<Trash2 size={17} />} onClick={cancel} />
      <span className={styles.light} data-on={!isPaused} aria-hidden />
      <span className={styles.time} role="timer">
        {leftMs > countedDownMs
          ? formatLength(state.recordedMs)
          : t('{time} left', { time: formatLength(Math.max(0, leftMs)) })}
      </span>
      <Levels levels={state.levels} />
      <IconButton
        size="small"
        label={isPaused ? t('Go on recording') : t('Pause the recording')}
        icon={isPaused ? <Mic size={17} /> : <Pause size={17} />}
        aria-pressed={isPaused}
        onClick={() => pause(!isPaused)}
      />
      <Button size="small" icon={<Square size={13} aria-hidden />} onClick={() => void stop()}>
        {t('Done')}
      </Button>
    </div>
  );
}

/** Quiet speech shows too. */
const seen = (level: number) => Math.min(100, 100 * level ** 0.6);

function Levels({ levels }: { levels: readonly number[] }) {
  const silence = Array.from({ length: shownBars - levels.length }, () => 0);
  return (
    <svg className={styles.levels} viewBox={`0 0 ${shownBars} 100`} preserveAspectRatio="none" aria-hidden>
      <path d={barsPath([...silence, ...levels.map(seen)], shownBars)} />
    </svg>
  );
}
