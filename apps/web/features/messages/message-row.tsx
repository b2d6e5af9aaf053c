import type { Message } from '@confab/protocol';
import { type FocusEvent, type KeyboardEvent, memo, type ReactNode, Suspense, useId, useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { t } from '../../language/sentences.ts';
import { classNames } from '../../ui/class-names.ts';
import { lazy } from '../../ui/lazy.ts';
import { BotMark } from '../accounts/bot-mark.tsx';
import { PersonAvatar } from '../accounts/person-avatar.tsx';
import { PersonName } from '../accounts/person-name.tsx';
import { useSignedIn } from '../accounts/signed-in.tsx';
import { FoldedMessage } from '../blocks/folded-message.tsx';
import { PersonButton } from '../directs/person-button.tsx';
import { FileParts } from '../files/file-parts.tsx';
import { NamedInMessage } from '../mentions/named-in-message.ts';
import { ReactionPills } from '../reactions/reaction-pills.tsx';
import { ProgressMark } from '../receipts/progress-mark.tsx';
import { StatusMark } from '../status/status-mark.tsx';
import { ThreadMark } from '../threads/thread-mark.tsx';
import { useConversation } from './conversation-context.tsx';
import { formatClock, formatDateTime, formatTime } from './format-time.ts';
import { Markdown } from './markdown/markdown.tsx';
import { MessageParts } from './message-parts.tsx';
import styles from './message-row.module.css';
import { MessageToolbar } from './message-toolbar.tsx';
import { QuotedMessage } from './quoted-message.tsx';
import { SendMark } from './send-mark.tsx';
import { authorOf, type MessageItem, timeOf } from './timeline-rows.ts';
import { type MessageActions, useMessageActions } from './use-message-actions.ts';

/** Rare enough to be loaded when they are needed. */
const HeldSend = lazy(() => import('../drafts/held-send.tsx'));
const EditForm = lazy(() => import('./edit-form.tsx'));
const FailedSend = lazy(() => import('./failed-send.tsx'));
const PendingUploads = lazy(() => import('../uploads/pending-uploads.tsx'));

interface MessageRowProps {
  item: MessageItem;
  first: boolean;
  /** Lights up once: the address names this message. */
  flash: boolean;
  /** The one row of the list that Tab stops at. */
  current: boolean;
  onCurrent: () => void;
}

/** One row from when it is sent: what is under the pointer, or has the focus, stays there once the server has it. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { item } = props;
  const { editing } = useConversation();
  const message = item.kind === 'message' ? item.message : null;
  const actions = useMessageActions(message);
  const isEdited = message !== null && editing === message.id;
  const isSettled = message !== null && message.deletedAt === null && !isEdited;
  return (
    <Frame {...props} actions={isSettled ? actions : null} after={isEdited ? null : <Mark item={item} />}>
      {item.kind === 'pending' ? (
        <Pending item={item} />
      ) : isEdited ? (
        <Editing message={item.message} />
      ) : (
        <Posted item={item} />
      )}
    </Frame>
  );
});

/** How far one’s own message has come. */
function Mark({ item }: { item: MessageItem }) {
  const { me } = useSignedIn();
  if (item.kind === 'pending') return <SendMark send={item.send} />;
  const { message, send } = item;
  if (message.author !== me.id || message.deletedAt !== null) return null;
  return <ProgressMark message={message} send={send} />;
}

function Pending({ item }: { item: Extract<MessageItem, { kind: 'pending' }> }) {
  const failed = item.send.status === 'failed';
  return (
    <>
      <div className={failed ? undefined : styles.waiting}>
        {item.context?.quote ? <QuotedMessage quoted={item.quoted} /> : null}
        <Markdown text={item.text} />
      </div>
      {item.uploads ? (
        <Suspense fallback={null}>
          <PendingUploads {...item} uploads={item.uploads} />
        </Suspense>
      ) : null}
      {item.send.status === 'held' ? (
        <Suspense fallback={null}>
          <HeldSend {...item} quote={item.context?.quote} />
        </Suspense>
      ) : null}
      {item.send.status === 'failed' ? (
        <Suspense fallback={null}>
          <FailedSend {...item} error={item.send.error} />
        </Suspense>
      ) : null}
    </>
  );
}

function Editing({ message }: { message: Message }) {
  return (
    <Suspense fallback={null}>
      <EditForm message={message} />
    </Suspense>
  );
}

function Posted({ item: { message, quoted } }: { item: Extract<MessageItem, { kind: 'message' }> }) {
  return (
    <FoldedMessage of={message}>
      <ThreadMark message={message} />
      {message.quote ? <QuotedMessage quoted={quoted} /> : null}
      {message.deletedAt === null ? (
        <NamedInMessage value={message}>
          <Text message={message} />
          <FileParts message={message} />
        </NamedInMessage>
      ) : (
        <p className={styles.tombstone}>{t('This message was deleted.')}</p>
      )}
      <ReactionPills message={message} />
      <MessageParts message={message} />
    </FoldedMessage>
  );
}

function Text({ message }: { message: Message }) {
  const dialogs = useDialogs();
  return (
    <>
      {message.style === 'me' ? (
        <div className={styles.doing}>
          <PersonName user={message.author} /> <Markdown text={message.text} />
        </div>
      ) : (
        <Markdown text={message.text} />
      )}
      {message.editedAt === null ? null : (
        <button
          type="button"
          className={styles.edited}
          title={t('Edited {date}', { date: formatDateTime(message.editedAt) })}
          onClick={() => dialogs.open({ kind: 'history', message: message.id })}
        >
          {t('edited')}
        </button>
      )}
    </>
  );
}

interface FrameProps extends MessageRowProps {
  actions?: MessageActions | null;
  /** At the end of the row. */
  after?: ReactNode;
  children: ReactNode;
}

function Frame({ item, first, flash, current, onCurrent, actions = null, after, children }: FrameProps) {
  const { me } = useSignedIn();
  const [near, setNear] = useState(false);
  const heading = useId();
  const author = authorOf(item, me.id);
  const at = timeOf(item);
  return (
    <article
      className={classNames(styles.row, first && styles.first, flash && styles.flash)}
      data-seq={item.kind === 'message' ? item.message.seq : undefined}
      aria-labelledby={heading}
      tabIndex={current ? 0 : -1}
      onPointerEnter={(event) => (event.pointerType === 'mouse' ? setNear(true) : undefined)}
      onPointerLeave={(event) =>
        event.pointerType === 'mouse' ? setNear(event.currentTarget.matches(':focus-within')) : undefined
      }
      onFocus={() => {
        setNear(true);
        onCurrent();
      }}
      onBlur={(event) => setNear(staysWithin(event) || isPointedAt(event.currentTarget))}
      onClick={(event) => {
        // Where nothing can hover, a tap stands for it. Links and buttons keep their own meaning.
        const onControl = event.target instanceof Element && event.target.closest('a,button,textarea') !== null;
        if (matchMedia('(hover:none)').matches && !onControl) event.currentTarget.focus({ preventScroll: true });
      }}
      onKeyDown={(event) => press(event, actions)}
    >
      <div className={styles.gutter}>
        {first ? (
          <PersonButton user={author} tabIndex={-1} aria-hidden>
            <PersonAvatar user={author} />
          </PersonButton>
        ) : (
          <time className={styles.gutterTime}>{formatClock(at)}</time>
        )}
      </div>
      <div className={styles.body}>
        <header className={first ? styles.header : styles.spoken} id={heading}>
          <span className={styles.author}>
            <PersonButton user={author} tabIndex={current && first ? 0 : -1}>
              <PersonName user={author} />
            </PersonButton>
          </span>{' '}
          <BotMark user={author} /> <StatusMark user={author} />{' '}
          <time className={styles.time} dateTime={new Date(at).toISOString()} title={formatDateTime(at)}>
            {formatTime(at)}
          </time>
        </header>
        {children}
      </div>
      <div className={styles.end}>{after}</div>
      {near && actions && item.kind === 'message' ? <MessageToolbar actions={actions} message={item.message} /> : null}
    </article>
  );
}

/** Its menu is drawn at the end of the page, and belongs to it nevertheless. */
function staysWithin({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): boolean {
  const inMenu = relatedTarget instanceof Element && relatedTarget.closest('[role="menu"]') !== null;
  return inMenu || currentTarget.contains(relatedTarget);
}

/** By a pointer that stays where it is while the focus goes: a finger leaves with its tap. */
function isPointedAt(row: HTMLElement): boolean {
  return matchMedia('(hover:hover)').matches && row.matches(':hover');
}

/** The keys of a message that has the focus itself. */
function press(event: KeyboardEvent<HTMLElement>, actions: MessageActions | null) {
  if (actions === null || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
    return;
  const does = {
    e: actions.edit,
    c: actions.copyText,
    t: actions.reply,
    q: actions.quote,
    u: actions.markUnread,
    Delete: actions.remove,
  }[event.key];
  if (!does) return;
  event.preventDefault();
  does();
}
