import { useConfab, useStore } from '@confab/client/react';
import type { ModerationNote } from '@confab/protocol';
import { useAction } from '../../app/use-action.ts';
import { type Sentence, sentence, t } from '../../language/sentences.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { decisionNames } from './decision-names.ts';
import styles from './moderation.module.css';

interface NoteWords {
  readonly title: Sentence;
  /** With the space in it, and the room where it is about one. */
  readonly told: Sentence;
  /** Where it may be about the whole space or a room: of a room. */
  readonly toldOfRoom?: Sentence;
}

const words: Readonly<Record<ModerationNote['kind'], NoteWords>> = {
  warned: {
    title: sentence('A moderator warned you'),
    told: sentence('This is about what you wrote in {space}.'),
  },
  muted: {
    title: sentence('A moderator muted you'),
    told: sentence('You can read in {space}, but not write.'),
    toldOfRoom: sentence('You can read in {room} of {space}, but not write.'),
  },
  unmuted: {
    title: sentence('You can write again'),
    told: sentence('A moderator unmuted you in {space}.'),
    toldOfRoom: sentence('A moderator unmuted you in {room} of {space}.'),
  },
  banned: {
    title: sentence('You were banned'),
    told: sentence('You are no longer in {space}, and cannot join it for now.'),
  },
  removed: {
    title: sentence('You were removed'),
    told: sentence('You are no longer in {space}.'),
    toldOfRoom: sentence('You are no longer in {room} of {space}.'),
  },
  'message-deleted': {
    title: sentence('A moderator deleted a message of yours'),
    told: sentence('It was in {room} of {space}.'),
  },
  'file-removed': {
    title: sentence('A moderator removed a file of yours'),
    told: sentence('It was in {room} of {space}.'),
  },
  'report-decided': {
    title: sentence('Your report was decided'),
    told: sentence('Thank you for reporting a message in {room} of {space}.'),
  },
};

/** What moderators told one and one has not seen yet, one after the other. */
export default function NotesDialog() {
  const { moderation } = useConfab();
  const [note] = useStore(moderation.own).notes;
  const { run, busy, failure } = useAction(async (seq: number) => moderation.acknowledge(seq));
  if (note === undefined) return null;
  const { kind, spaceName: space, roomName: room = '', reason, until, decision, seq } = note;
  const { title, told, toldOfRoom = told } = words[kind];
  const description = t(room === '' ? told : toldOfRoom, { space, room });
  return (
    <Dialog title={t(title)} description={description} onClose={() => void run(seq)}>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <dl className={styles.roles}>
        {reason === '' ? null : (
          <div>
            <dt>{t('Reason')}</dt>
            <dd dir="auto">{reason}</dd>
          </div>
        )}
        {until === undefined ? null : (
          <div>
            <dt>{t('Until')}</dt>
            <dd>{until === null ? t('A moderator takes it back') : formatDateTime(until)}</dd>
          </div>
        )}
        {decision === undefined ? null : (
          <div>
            <dt>{t('Decision')}</dt>
            <dd>{decisionNames()[decision]}</dd>
          </div>
        )}
      </dl>
      <DialogActions>
        <Button look="primary" busy={busy} onClick={() => void run(seq)}>
          {t('I have read this')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
