import type { RoomState, TimelineState } from '@confab/client';
import { useConfab, useStore } from '@confab/client/react';
import type { MessageId, PostContext } from '@confab/protocol';
import { CircleAlert } from 'lucide-react';
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigation } from '../../app/navigation.tsx';
import { sayRefusal } from '../../language/language.ts';
import { t } from '../../language/sentences.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { lazy } from '../../ui/lazy.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { ReadersProvider } from '../receipts/last-readers.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import styles from './conversation.module.css';
import { ConversationProvider } from './conversation-context.tsx';
import { MessageList } from './message-list.tsx';

const SlowModeLine = lazy(() => import('../moderation/slow-mode-line.tsx'));

/** What is read and written: a room's own timeline, or one of its threads. */
export interface ConversationProps {
  room: RoomState;
  thread: MessageId | null;
  unread: number;
  /** What is loaded up to its end was seen. The same function as long as the conversation is the same. */
  markRead: () => void;
  /** The message that the address names. */
  seq: number | null;
  moderates: boolean;
  /** Stands above the first message. */
  welcome: ReactNode;
  /** What the composer is for. */
  label: string;
  /** Beneath the composer's text: `alsoInRoom` of what is sent. */
  options?: ReactNode;
  alsoInRoom?: boolean;
  onSent?: () => void;
  /** Stands where the composer is when nothing can be written; `null` when it can. */
  closed: ReactNode;
}

/** A timeline and its composer. Mounted anew for each room and thread. */
export function Conversation(props: ConversationProps) {
  const { room, thread, unread, markRead, seq, moderates, welcome, label, options, alsoInRoom, onSent, closed } = props;
  const confab = useConfab();
  const { me } = useSignedIn();
  const { repeats } = useNavigation();
  const { id } = room.info;
  const timeline = thread === null ? confab.rooms.timeline(id) : confab.threads.timeline(id, thread);
  const state = useStore(timeline);
  const [editing, setEditing] = useState<MessageId | null>(null);
  const composer = useRef<ComposerHandle>(null);

  const openedAt = useRef(seq);
  useEffect(() => timeline.open(openedAt.current ?? undefined), [timeline]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: following the same link again goes there again
  const target = useMemo(() => ({ seq }), [seq, repeats]);

  // On a phone the focus would bring up the keyboard before anything was read.
  useEffect(() => {
    if (!matchMedia('(pointer:coarse)').matches) composer.current?.focus();
  }, []);
  const edit = useCallback((message: MessageId | null) => {
    setEditing(message);
    if (message === null) composer.current?.focus();
  }, []);
  const compose = useCallback((text: string, quoted?: MessageId) => composer.current?.insert(text, quoted), []);
  const quote = useCallback((message: MessageId) => composer.current?.quote(message), []);
  const readOnly = closed !== null;
  const inSpace = room.info.space !== null;
  const conversation = useMemo(
    () => ({ room: id, thread, timeline, moderates, inSpace, readOnly, editing, edit, compose, quote, markRead }),
    [id, thread, timeline, moderates, inSpace, readOnly, editing, edit, compose, quote, markRead],
  );
  const editLast = () => {
    const own = state.items.findLast(
      (item) => item.kind === 'message' && item.message.author === me.id && item.message.deletedAt === null,
    );
    if (own?.kind === 'message') setEditing(own.message.id);
  };
  const send = (text: string, context?: PostContext, uploads?: readonly string[]) => {
    timeline.post(text, alsoInRoom ? { ...context, alsoInRoom } : context, uploads);
    onSent?.();
    if (state.later) void timeline.jumpToLatest().catch(() => undefined);
  };

  return (
    <ConversationProvider value={conversation}>
      {state.status === 'ready' ? (
        <ReadersProvider state={state}>
          <MessageList state={state} unread={unread} target={target} welcome={welcome} />
        </ReadersProvider>
      ) : (
        <NotReady state={state} />
      )}
      {closed === null && room.info.slowModeMs !== undefined ? (
        <Suspense fallback={null}>
          <SlowModeLine room={room} state={state} />
        </Suspense>
      ) : null}
      {closed ?? (
        <Composer
          ref={composer}
          room={id}
          thread={thread}
          label={label}
          options={options}
          onSend={send}
          onEditLast={editLast}
        />
      )}
    </ConversationProvider>
  );
}

function NotReady({ state }: { state: TimelineState }) {
  return (
    <div className={styles.waiting}>
      {state.status === 'loading' ? (
        <Skeleton rows={8} />
      ) : (
        <EmptyState icon={<CircleAlert size={24} />} title={t('These messages could not be loaded')}>
          {state.error === null
            ? t('The server did not answer. They load by themselves once it does.')
            : sayRefusal(state.error)}
        </EmptyState>
      )}
    </div>
  );
}
