import { useConfab } from '@confab/client/react';
import type { MessageId, RoomId } from '@confab/protocol';
import { CalendarClock } from 'lucide-react';
import { useDialogs } from '../../app/dialogs.tsx';
import { useToasts } from '../../app/toasts.tsx';
import { t } from '../../language/sentences.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { formatDateTime } from '../messages/format-time.ts';
import styles from './schedule-button.module.css';

interface ScheduleButtonProps {
  room: RoomId;
  thread: MessageId | null;
  text: string;
  /** The files that go with it, as this device calls them. */
  uploads: () => readonly string[];
  /** Some of them are still on their way. */
  waiting: boolean;
  disabled: boolean;
  /** The server has it. */
  onScheduled: () => void;
}

/** Beside the button that sends: sends later. */
export function ScheduleButton({ room, thread, text, uploads, waiting, disabled, onScheduled }: ScheduleButtonProps) {
  const confab = useConfab();
  const dialogs = useDialogs();
  const toasts = useToasts();
  const run = async (at: number) => {
    await confab.scheduled.create(room, thread, text.trim(), at, uploads());
    onScheduled();
    toasts.done(t('It will be sent on {time}. You find it under “Scheduled”.', { time: formatDateTime(at) }));
  };
  return (
    <IconButton
      className={styles.button}
      size="small"
      label={waiting ? t('Send later, once the files have arrived') : t('Send later')}
      icon={<CalendarClock size={17} />}
      disabled={disabled || waiting}
      onClick={() =>
        dialogs.open({
          kind: 'moment',
          title: t('Send later'),
          description: t('The message is sent in your name at this time, even if you are away.'),
          action: t('Schedule'),
          run,
        })
      }
    />
  );
}
