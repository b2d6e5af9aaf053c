import { useConfab } from '@confab/client/react';
import type { PlacedFile } from '@confab/protocol';
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { t } from '../../language/sentences.ts';
import { FileMenu } from './file-menu.tsx';
import { FileName } from './file-name.tsx';
import { formatLength, formatSize } from './file-words.ts';
import styles from './files.module.css';
import { heightOf } from './files-layout.ts';
import { pauseVideos } from './pause-videos.ts';
import { Player, type Playing, silence, type Track } from './player.ts';
import { usePlayerOfPage } from './player-context.tsx';
import { PlayButton, RateButton, SeekBar } from './player-parts.tsx';

/** A sound with a player of its own; what it plays goes on when it is off the screen. */
export function SoundCard({ placed }: { placed: PlacedFile }) {
  const { file } = placed;
  const frame = useRef<HTMLDivElement>(null);
  const { track, player, playing, start } = useTrack(placed, frame);
  const durationMs = playing.durationMs || (file.durationMs ?? 0);
  const shownMs = playing.track === null || playing.positionMs === 0 ? durationMs : playing.positionMs;
  return (
    <div ref={frame} className={styles.card} style={{ blockSize: heightOf(file) }}>
      <PlayButton playing={playing} name={file.name} onPress={() => start().toggle(track, frame)} />
      <div className={styles.words}>
        {file.voice ? <span className={styles.spoken}>{t('Voice message')}</span> : <FileName name={file.name} />}
        <SeekBar
          playing={{ ...playing, durationMs }}
          waveform={file.waveform}
          onSeek={(toMs) => start().seek(track, toMs, frame)}
        />
        <span className={styles.facts}>
          {[
            ...(playing.failed ? [t('This browser cannot play it.')] : durationMs > 0 ? [formatLength(shownMs)] : []),
            ...(file.voice ? [] : [formatSize(file.size)]),
          ].join(' · ')}
        </span>
      </div>
      <RateButton rate={playing.rate} onChoose={(rate) => (player ?? start()).setRate(rate)} />
      <FileMenu placed={placed} />
    </div>
  );
}

const never = () => () => {};

/** What the page's player does with one file. `frame`: what shows it. */
function useTrack({ file, room, message, by }: PlacedFile, frame: RefObject<HTMLElement | null>) {
  const { files } = useConfab();
  const [player, setPlayer] = usePlayerOfPage();
  const all = useSyncExternalStore(player?.subscribe ?? never, player?.get ?? (() => silence));
  const isOwn = all.track?.file.id === file.id;
  const playing: Playing = isOwn ? all : { ...silence, rate: all.rate };
  useEffect(() => {
    const element = frame.current;
    if (!isOwn || player === null || element === null) return;
    const observer = new IntersectionObserver(([entry]) => player.show(frame, entry?.isIntersecting === true));
    observer.observe(element);
    return () => {
      observer.disconnect();
      player.show(frame, false);
    };
  }, [player, isOwn, frame]);
  const start = () => {
    pauseVideos();
    const made = player ?? new Player();
    if (player === null) setPlayer(made);
    return made;
  };
  const track: Track = { file, room, message, by, address: files.address(file.id) };
  return { track, player, playing, start };
}
