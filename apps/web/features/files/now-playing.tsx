import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { FileName } from './file-name.tsx';
import { pauseVideos } from './pause-videos.ts';
import styles from './player.module.css';
import type { Player } from './player.ts';
import { PlayButton, RateButton, SeekBar } from './player-parts.tsx';

/** What plays while its message is not on the screen: leads there. Over the page, so that nothing moves when it comes. */
export default function NowPlaying({ player }: { player: Player }) {
  const playing = useSyncExternalStore(player.subscribe, player.get);
  const { track, inSight, rate } = playing;
  if (track === null || inSight) return null;
  const { file, room, message, by } = track;
  const words = (
    <>
      <PersonName user={by} />
      {file.voice ? null : <FileName name={file.name} />}
    </>
  );
  return (
    <section className={styles.bar} aria-label={t('Now playing')}>
      <PlayButton
        playing={playing}
        name={file.name}
        onPress={() => {
          pauseVideos();
          player.toggle(track);
        }}
      />
      <div className={styles.barWords}>
        {message === null ? (
          <span className={styles.barTitle}>{words}</span>
        ) : (
          <Link
            className={styles.barTitle}
            to={{ page: 'message', room, message }}
            data-tooltip={t('Go to the message')}
          >
            {words}
          </Link>
        )}
        <SeekBar playing={playing} onSeek={(toMs) => player.seek(track, toMs)} />
      </div>
      <RateButton rate={rate} onChoose={(next) => player.setRate(next)} />
      <IconButton size="small" label={t('Stop')} icon={<X size={16} />} onClick={() => player.close()} />
    </section>
  );
}
