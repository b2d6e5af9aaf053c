import type { CustomEmoji } from '@confab/protocol';
import { useNavigation } from '../../app/navigation.tsx';
import { t } from '../../language/sentences.ts';
import styles from './emoji-picker.module.css';
import { pictureAddress } from './picture-address.ts';
import { useEmojiOfRoom } from './use-emoji-of-room.ts';

/** Whether one of its names holds what was typed. */
function isCalled({ name, aliases }: CustomEmoji, typed: string): boolean {
  return [name, ...aliases].some((each) => each.includes(typed));
}

/** In the picker, above all others: the emoji of the space's own; while one searches those that are called so. */
export function CustomEmojiRow({ typed, onPick }: { typed: string; onPick: (emoji: string) => void }) {
  const { route } = useNavigation();
  const all = useEmojiOfRoom(route.page === 'room' ? route.room : undefined);
  const wanted = typed.trim().toLowerCase().replaceAll(':', '').replaceAll(' ', '_');
  const shown = wanted === '' ? all : all.filter((emoji) => isCalled(emoji, wanted));
  if (shown.length === 0) return null;
  return (
    <section className={styles.custom} aria-label={t('Custom emoji')}>
      <div className={styles.customHeading}>{t('Custom')}</div>
      {shown.map((emoji) => (
        <button
          key={emoji.id}
          type="button"
          className={styles.emoji}
          aria-label={`:${emoji.name}:`}
          data-tooltip={`:${emoji.name}:`}
          onClick={() => onPick(`:${emoji.name}:`)}
        >
          <img src={pictureAddress(emoji)} alt="" loading="lazy" decoding="async" draggable={false} />
        </button>
      ))}
    </section>
  );
}
