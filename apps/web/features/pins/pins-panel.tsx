import { useConfab, usePins, useStore } from '@confab/client/react';
import type { Message } from '@confab/protocol';
import { Pin, PinOff } from 'lucide-react';
import { useNavigation } from '../../app/navigation.tsx';
import { Panel, PanelBody } from '../../app/shell/panel.tsx';
import { t } from '../../language/sentences.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { formatBrief } from '../messages/format-time.ts';
import { Markdown } from '../messages/markdown/markdown.tsx';
import { useMessageRoute } from '../messages/message-route.ts';
import { messageLine } from '../messages/one-line.ts';
import type { RoomPanelProps } from '../rooms/room-panel.tsx';
import { PinnedLine } from './pinned-line.tsx';
import styles from './pins.module.css';
import { usePinning } from './use-pinning.ts';

/** What is pinned to a room, the one pinned last first. */
export default function PinsPanel({ room, route }: RoomPanelProps) {
  const { go } = useNavigation();
  const pins = usePins(room.info.id);
  return (
    <Panel title={t('Pinned messages')} onClose={() => go({ ...route, panel: null })}>
      <PanelBody>
        {pins === null ? <Skeleton rows={4} /> : null}
        {pins?.length === 0 ? (
          <EmptyState icon={<Pin size={24} />} title={t('Nothing is pinned')}>
            {t('Pin what everyone here should find again: choose “Pin to room” in the menu of a message.')}
          </EmptyState>
        ) : null}
        <ul className={styles.list}>
          {pins?.map((message) => (
            <Pinned key={message.id} message={message} fixed={room.info.archivedAt !== null} />
          ))}
        </ul>
      </PanelBody>
    </Panel>
  );
}

function Pinned({ message, fixed }: { message: Message; fixed: boolean }) {
  const { go } = useNavigation();
  const routeTo = useMessageRoute();
  const pinning = usePinning();
  const blocked = useStore(useConfab().blocks.users).has(message.author);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <PersonAvatar user={message.author} size="tiny" />
        <span className={styles.author}>
          <PersonName user={message.author} />
        </span>
        <time className={styles.time}>{formatBrief(message.postedAt, Date.now())}</time>
        {fixed ? null : (
          <IconButton
            size="small"
            label={t('Unpin message')}
            icon={<PinOff size={15} />}
            onClick={() => pinning(message)}
          />
        )}
      </div>
      <div className={styles.text}>
        {blocked ? t('Message of someone you blocked.') : <Markdown text={message.text || messageLine(message)} />}
      </div>
      <div className={styles.foot}>
        <PinnedLine message={message} />
        <button type="button" className={styles.jump} onClick={() => go(routeTo(message))}>
          {t('Show in room')}
        </button>
      </div>
    </li>
  );
}
