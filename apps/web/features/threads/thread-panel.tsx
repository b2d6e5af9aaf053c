import { useConfab, useStore } from '@confab/client/react';
import { Bell, BellRing } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import type { ThreadPanel as ThreadPlace } from '../../app/route.ts';
import { Panel } from '../../app/shell/panel.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { sentence, t } from '../../language/sentences.ts';
import { Trans } from '../../language/trans.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { BlockedComposer, useBlockedPartner } from '../blocks/blocked-composer.tsx';
import composer from '../messages/composer.module.css';
import { Conversation } from '../messages/conversation.tsx';
import { Silenced } from '../moderation/silenced.tsx';
import { useSilence } from '../moderation/use-silence.ts';
import type { RoomPanelProps } from '../rooms/room-panel.tsx';
import { useRoomTitle } from '../rooms/use-room-title.ts';
import styles from './thread-panel.module.css';
import { ThreadRoot } from './thread-root.tsx';

/** The replies to a message, beside its room. Mounted anew for each thread. */
export default function ThreadPanel({ room, route, moderates, place }: RoomPanelProps & { place: ThreadPlace }) {
  const confab = useConfab();
  const { go } = useNavigation();
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const { id, archivedAt } = room.info;
  const name = useRoomTitle(room.info);
  const blocked = useBlockedPartner(room.info);
  const silence = useSilence(room.info);
  const { thread, seq } = place;
  const timeline = confab.threads.timeline(id, thread);
  const standing = useStore(confab.threads.state(thread));
  const mentioned = room.membership?.threadMentions?.some((mention) => mention.thread === thread) === true;
  // A mention is read with the thread, also by who does not follow it.
  const unread = Math.max(standing?.following ? standing.replies - standing.readIndex : 0, Number(mentioned));
  const markRead = useCallback(
    () => confab.threads.markRead(thread, timeline.get().root?.message.replies?.count ?? 0),
    [confab, timeline, thread],
  );
  const welcome = useMemo(() => <ThreadRoot timeline={timeline} seq={seq} />, [timeline, seq]);
  return (
    <Panel
      title={t('Thread')}
      wide
      detail={<bdi>{name}</bdi>}
      actions={<FollowButton thread={thread} following={standing?.following ?? false} />}
      onClose={() => go({ ...route, panel: null })}
    >
      <div className={styles.conversation}>
        <Conversation
          room={room}
          thread={thread}
          unread={unread}
          markRead={markRead}
          seq={seq}
          moderates={moderates}
          welcome={welcome}
          label={t('Reply')}
          alsoInRoom={alsoInRoom}
          onSent={() => setAlsoInRoom(false)}
          options={
            <label className={styles.also}>
              <input type="checkbox" checked={alsoInRoom} onChange={(event) => setAlsoInRoom(event.target.checked)} />
              <span>
                <Trans sentence={sentence('Also send to <room/>')} parts={{ room: () => <bdi>{name}</bdi> }} />
              </span>
            </label>
          }
          closed={
            blocked !== null ? (
              <BlockedComposer user={blocked} />
            ) : archivedAt === null ? (
              silence && <Silenced silence={silence} />
            ) : (
              <div className={composer.closed}>{t('This room is archived: it can be read, not written.')}</div>
            )
          }
        />
      </div>
    </Panel>
  );
}

function FollowButton({ thread, following }: { thread: ThreadPlace['thread']; following: boolean }) {
  const confab = useConfab();
  const toasts = useToasts();
  return (
    <IconButton
      label={following ? t('Stop following this thread') : t('Follow this thread')}
      icon={following ? <BellRing size={17} /> : <Bell size={17} />}
      aria-pressed={following}
      onClick={() => toasts.attempt(following ? confab.threads.unfollow(thread) : confab.threads.follow(thread))}
    />
  );
}
