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
import { type Sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { Markdown } from '../messages/markdown/markdown.tsx';
import { useTitleOf } from '../rooms/use-room-title.ts';
import { ScheduledFiles } from './scheduled-files.tsx';
import styles from './scheduled-page.module.css';

/** Every message that waits to be sent, the next one first. */
export default function ScheduledPage() {
  const scheduled = useStore(useConfab().scheduled.list);
  return (
    <Page title={t('Scheduled')} before={<BackButton />}>
      {scheduled.length === 0 ? (
        <EmptyState icon={<CalendarClock size={24} />} title={t('Nothing is scheduled')}>
          {t('Messages that are to be sent later wait here. Write one in any room and press the clock beside “Send”.')}
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
          <span className={styles.room}>{t('A room that you have left')}</span>
        )}
        {message.thread ? <span>{t('in a thread')}</span> : null}
        <time className={styles.time}>{formatDateTime(message.dueAt)}</time>
      </div>
      {message.failed === undefined ? null : (
        <p className={styles.failed} role="alert">
          <CircleAlert size={14} aria-hidden />
          {t('Not sent. {reason}', { reason: failureOf(message) })}
        </p>
      )}
      {editing ? (
        <Edit message={message} onClose={() => setEditing(false)} />
      ) : (
        <>
          {message.text === '' ? null : (
            <div className={styles.text} dir="auto">
              <Markdown text={message.text} />
            </div>
          )}
          <ScheduledFiles message={message} files={message.files ?? []} />
          <Actions message={message} onEdit={() => setEditing(true)} />
        </>
      )}
    </li>
  );
}

/** Sentences with gaps need details that are not kept. */
function failureOf({ failed = 'internal' }: ScheduledMessage): string {
  const reason = errorSentences[failed];
  return t((reason.includes('{') ? errorSentences.internal : reason) as Sentence);
}

function Actions({ message, onEdit }: { message: ScheduledMessage; onEdit: () => void }) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const { id, dueAt } = message;
  return (
    <div className={styles.actions}>
      <Button size="small" onClick={() => toasts.attempt(confab.scheduled.sendNow(id))}>
        {t('Send now')}
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() =>
          dialogs.open({
            kind: 'moment',
            title: t('Another time'),
            description: t('The message is sent in your name at this time, even if you are away.'),
            action: t('Schedule'),
            from: dueAt,
            run: (at) => confab.scheduled.update(id, { dueAt: at }),
          })
        }
      >
        {t('Change time')}
      </Button>
      <Button size="small" look="quiet" onClick={onEdit}>
        {t('Edit')}
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() =>
          dialogs.open({
            kind: 'confirm',
            title: t('Do not send this message?'),
            text: t('It is deleted, and nobody has seen it.'),
            action: 'Delete',
            run: () => confab.scheduled.cancel(id),
          })
        }
      >
        {t('Delete')}
      </Button>
    </div>
  );
}

function Edit({ message, onClose }: { message: ScheduledMessage; onClose: () => void }) {
  const confab = useConfab();
  const [text, setText] = useState(message.text);
  const [files, setFiles] = useState(message.files ?? []);
  const { run, busy, failure } = useAction(async () => {
    const fewer = files.length < (message.files ?? []).length ? { files: files.map(({ id }) => id) } : {};
    await confab.scheduled.update(message.id, { text: text.trim(), ...fewer });
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
        label={t('Text of the message')}
        labelHidden
        dir="auto"
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => (event.key === 'Escape' ? onClose() : undefined)}
      />
      <ScheduledFiles
        message={message}
        files={files}
        onRemove={(removed) => setFiles(files.filter((file) => file !== removed))}
      />
      <div className={styles.actions}>
        <Button
          type="submit"
          size="small"
          look="primary"
          busy={busy}
          disabled={text.trim() === '' && files.length === 0}
        >
          {t('Save')}
        </Button>
        <Button size="small" look="quiet" onClick={onClose}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
