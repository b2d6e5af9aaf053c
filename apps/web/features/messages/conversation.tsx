import type { RoomState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { MessageId } from '@confab/protocol';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import styles from './conversation.module.css';
import { ConversationProvider } from './conversation-context.tsx';
import { MessageList } from './message-list.tsx';
import { Welcome } from './welcome.tsx';

interface ConversationProps {
  room: RoomState;
  /** The message that the address names. */
  seq: number | null;
  moderates: boolean;
  /** Stands where the composer is when nothing can be written; `null` when it can. */
  closed: ReactNode;
}

/** A room's timeline and its composer. Mounted anew for each room. */
export function Conversation({ room, seq, moderates, closed }: ConversationProps) {
  const confab = useConfab();
  const { me } = useSignedIn();
  const { repeats } = useNavigation();
  const { id } = room.info;
  const timeline = confab.rooms.timeline(id);
  const state = useStore(timeline);
  const [editing, setEditing] = useState<MessageId | null>(null);
  const composer = useRef<ComposerHandle>(null);

  const openedAt = useRef(seq);
  useEffect(() => timeline.open(openedAt.current ?? undefined), [timeline]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: following the same link again goes there again
  const target = useMemo(() => ({ seq }), [seq, repeats]);

  // On a phone the focus would bring up the keyboard before anything was read.
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) composer.current?.focus();
  }, []);
  const edit = useCallback((message: MessageId | null) => {
    setEditing(message);
    if (message === null) composer.current?.focus();
  }, []);
  const compose = useCallback((text: string) => composer.current?.insert(text), []);
  const readOnly = closed !== null;
  const conversation = useMemo(
    () => ({ room: id, timeline, moderates, readOnly, editing, edit, compose }),
    [id, timeline, moderates, readOnly, editing, edit, compose],
  );
  const editLast = () => {
    const own = state.items.findLast(
      (item) => item.kind === 'message' && item.message.author === me.id && item.message.deletedAt === null,
    );
    if (own?.kind === 'message') setEditing(own.message.id);
  };
  // The topic stands in the welcome, so only its words make it a new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const welcome = useMemo(() => <Welcome room={room} />, [room.info]);

  return (
    <ConversationProvider value={conversation}>
      {state.status === 'ready' ? (
        <MessageList state={state} unread={room.unread} target={target} welcome={welcome} />
      ) : (
        <div className={styles.waiting}>
          {state.status === 'loading' ? (
            <Skeleton rows={8} />
          ) : (
            <EmptyState icon={<CircleAlert size={24} />} title="These messages could not be loaded">
              {state.error?.message ?? 'The server did not answer. They load by themselves once it does.'}
            </EmptyState>
          )}
        </div>
      )}
      {closed ?? (
        <Composer
          ref={composer}
          room={id}
          roomName={room.info.name}
          onSend={(text) => {
            timeline.post(text);
            if (state.later) void timeline.jumpToLatest().catch(() => undefined);
          }}
          onEditLast={editLast}
        />
      )}
    </ConversationProvider>
  );
}
