import { useConfab, useStore } from '@confab/client/react';
import type { RoomId } from '@confab/protocol';
import { PencilLine } from 'lucide-react';
import { t } from '../../language/sentences.ts';
import styles from './drafts.module.css';

/** In the list of rooms: something is begun there and not sent. Not for the room that one is in. */
export function DraftMark({ room, here }: { room: RoomId; here: boolean }) {
  const begun = useStore(useConfab().drafts.rooms).has(room);
  if (!begun || here) return null;
  return (
    <span className={styles.mark} role="img" aria-label={t('Draft')} title={t('You have begun a message here')}>
      <PencilLine size={13} aria-hidden />
    </span>
  );
}
