import { useConfab, useStore } from '@confab/client/react';
import type { ScheduledMessage } from '@confab/protocol';
import { errorSentences } from '@confab/protocol/errors.ts';
import { CalendarClock, CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { useDialogs } from '../../app/dialogs.tsx';
import { Link } from '../../app/navigation.tsx';
import { roomRoute, threadRoute } from '../../app/route.ts';
import { BackButton } from '../../app/shell/back-button.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { useAction } from '../../app/use-action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { Markdown } from '../messages/markdown/markdown.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import styles from './scheduled-page.module.css';

/** Every message that waits to be sent, the next one first. */
export default function ScheduledPage() {
  const scheduled = useStore(useConfab().scheduled.list);
  return (
    <Page title="Scheduled" before={<BackButton />}>
      {scheduled.length === 0 ? (
        <EmptyState icon={<CalendarClock size={24} />} title="Nothing is scheduled">
          Messages that are to be sent later wait here. Write one in any room and press the clock beside “Send”.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {scheduled.map((message) => (
            <Waiting key={message.id} message={message} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function Waiting({ message }: { message: ScheduledMessage }) {
  const confab = useConfab();
  const room = useStore(confab.rooms.room(message.room));
  const titleOf = useTitleOf();
  const [editing, setEditing] = useState(false);
  const place = message.thread ? threadRoute(message.room, message.thread) : roomRoute(message.room);
  return (
    <li className={styles.waiting}>
      <div className={styles.head}>
        {room ? (
          <Link to={place} className={styles.room}>
            <bdi>{titleOf(room.info)}</bdi>
          </Link>
        ) : (
          <span className={styles.room}>A room that you have left</span>
        )}
        {message.thread ? <span>in a thread</span> : null}
        <time className={styles.time}>{formatDateTime(message.dueAt)}</time>
      </div>
      {message.failed === undefined ? null : (
        <p className={styles.failed} role="alert">
          <CircleAlert size={14} aria-hidden />
          Not sent. {failureOf(message)}
        </p>
      )}
      {editing ? (
        <Edit message={message} onClose={() => setEditing(false)} />
      ) : (
        <>
          <div className={styles.text} dir="auto">
            <Markdown text={message.text} />
          </div>
          <Actions message={message} onEdit={() => setEditing(true)} />
        </>
      )}
    </li>
  );
}

/** Sentences with gaps need details that are not kept. */
function failureOf({ failed = 'internal' }: ScheduledMessage): string {
  const sentence = errorSentences[failed];
  return sentence.includes('{') ? errorSentences.internal : sentence;
}

function Actions({ message, onEdit }: { message: ScheduledMessage; onEdit: () => void }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { id, dueAt } = message;
  return (
    <div className={styles.actions}>
      <Button size="small" onClick={() => toasts.attempt(confab.scheduled.sendNow(id))}>
        Send now
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() =>
          dialogs.open({
            kind: 'moment',
            title: 'Another time',
            description: 'The message is sent in your name at this time, even if you are away.',
            action: 'Schedule',
            from: dueAt,
            run: (at) => confab.scheduled.update(id, { dueAt: at }),
          })
        }
      >
        Change time
      </Button>
      <Button size="small" look="quiet" onClick={onEdit}>
        Edit
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() =>
          dialogs.open({
            kind: 'confirm',
            title: 'Do not send this message?',
            text: 'It is deleted, and nobody has seen it.',
            action: 'Delete',
            run: () => confab.scheduled.cancel(id),
          })
        }
      >
        Delete
      </Button>
    </div>
  );
}

function Edit({ message, onClose }: { message: ScheduledMessage; onClose: () => void }) {
  const confab = useConfab();
  const [text, setText] = useState(message.text);
  const { run, busy, failure } = useAction(async () => {
    await confab.scheduled.update(message.id, { text: text.trim() });
    onClose();
  });
  return (
    <form
      className={styles.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <TextArea
        label="Text of the message"
        labelHidden
        dir="auto"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => (event.key === 'Escape' ? onClose() : undefined)}
      />
      <div className={styles.actions}>
        <Button type="submit" size="small" look="primary" busy={busy} disabled={text.trim() === ''}>
          Save
        </Button>
        <Button size="small" look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
