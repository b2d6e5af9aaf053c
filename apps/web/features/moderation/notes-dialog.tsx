import { useConfab, useStore } from '@confab/client/react';
import type { ModerationNote } from '@confab/protocol';
import { useAction } from '../../app/use-action.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import { decisionNames } from './decision-names.ts';
import styles from './moderation.module.css';

/** What is told, as a title and a sentence with the space and the room in it. */
const words: Readonly<
  Record<ModerationNote['kind'], { title: string; sentence: (space: string, room: string) => string }>
> = {
  warned: { title: 'A moderator warned you', sentence: (space) => `This is about what you wrote in ${space}.` },
  muted: {
    title: 'A moderator muted you',
    sentence: (space, room) =>
      room === '' ? `You can read in ${space}, but not write.` : `You can read in ${room} of ${space}, but not write.`,
  },
  unmuted: {
    title: 'You can write again',
    sentence: (space, room) =>
      room === '' ? `A moderator unmuted you in ${space}.` : `A moderator unmuted you in ${room} of ${space}.`,
  },
  banned: {
    title: 'You were banned',
    sentence: (space) => `You are no longer in ${space}, and cannot join it for now.`,
  },
  removed: {
    title: 'You were removed',
    sentence: (space, room) =>
      room === '' ? `You are no longer in ${space}.` : `You are no longer in ${room} of ${space}.`,
  },
  'message-deleted': {
    title: 'A moderator deleted a message of yours',
    sentence: (space, room) => `It was in ${room} of ${space}.`,
  },
  'report-decided': {
    title: 'Your report was decided',
    sentence: (space, room) => `Thank you for reporting a message in ${room} of ${space}.`,
  },
};

/** What moderators told one and one has not seen yet, one after the other. */
export default function NotesDialog() {
  const { moderation } = useConfab();
  const [note] = useStore(moderation.own).notes;
  const { run, busy, failure } = useAction(async (seq: number) => moderation.acknowledge(seq));
  if (note === undefined) return null;
  const { kind, spaceName, roomName = '', reason, until, decision, seq } = note;
  const { title, sentence } = words[kind];
  return (
    <Dialog title={title} description={sentence(spaceName, roomName)} onClose={() => void run(seq)}>
      {failure ? <Banner tone="danger">{failure}</Banner> : null}
      <dl className={styles.roles}>
        {reason === '' ? null : (
          <div>
            <dt>Reason</dt>
            <dd dir="auto">{reason}</dd>
          </div>
        )}
        {until === undefined ? null : (
          <div>
            <dt>Until</dt>
            <dd>{until === null ? 'A moderator takes it back' : formatDateTime(until)}</dd>
          </div>
        )}
        {decision === undefined ? null : (
          <div>
            <dt>Decision</dt>
            <dd>{decisionNames[decision]}</dd>
          </div>
        )}
      </dl>
      <DialogActions>
        <Button look="primary" busy={busy} onClick={() => void run(seq)}>
          I have read this
        </Button>
      </DialogActions>
    </Dialog>
  );
}
